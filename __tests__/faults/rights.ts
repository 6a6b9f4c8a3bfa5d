const CAPABILITIES = '-dac_override,-dac_read_search';

/** What starts a program for which the modes of files count, even where root starts it. */
export const WITHOUT_RIGHTS: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', `--bounding-set=${CAPABILITIES}`, `--inh-caps=${CAPABILITIES}`, '--'] : [];
