import { join } from 'node:path';
import { silentLog } from '../../base/log.js';
import { Secret } from '../../base/secret.js';
import { emptyStore } from '../../store/store.js';
import { containerTools } from '../../toolchain/container-tools.js';
import type { Context } from '../context.js';
import { registryAccess } from '../registries.js';
import { assemble } from '../steps/assemble.js';
import { compileMissing } from '../steps/compile-missing.js';
import { prepareBuild } from '../steps/prepare.js';
import type { RebuildRequest } from './rebuild-request.js';

/**
 * The second process: builds what the first one built, from what the user asked for, and with no result of an earlier
 * run. Where it comes to another spec, that is a difference, too.
 * @returns the digest of the index
 */
export async function rebuildAlone({ shape, look, work }: RebuildRequest, context: Context): Promise<string> {
  const { env, signal, log } = context;
  const tools = containerTools({ env, signal, log, mayInstall: false });
  const login = look.login && { ...look.login, password: new Secret(look.login.password) };
  const need = { why: 'to fetch the base image', instead: 'give the base as oci:FOLDER' };
  const access = registryAccess({ ...look, login }, need, context, tools, work);
  const store = emptyStore(join(work, 'store'));
  // The first build has said what there is to say of the patches.
  const quiet = { ...context, log: { ...log, notice: silentLog.notice, warning: silentLog.warning } };
  const prepared = await prepareBuild(shape, quiet, store, work, access);
  const binaries = await compileMissing(prepared, false, quiet, store, work);
  const assembled = await assemble(prepared, binaries, join(work, 'oci'), store, quiet);
  return assembled.index.digest;
}
