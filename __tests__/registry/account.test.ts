import { describe, expect, it } from 'vitest';
import { CancelledError, InputError, RunError } from '../../src/base/errors.js';
import { PushAccount } from '../../src/registry/account.js';

const DIGEST = `sha256:${'a'.repeat(64)}` as const;

describe('PushAccount', () => {
  it('says that nothing happened', () => {
    expect(String(new PushAccount(DIGEST, ['r/a:1', 'r/a:2']))).toBe(
      'No tag points to the new image.\nNot set: r/a:1, r/a:2.\n' +
        'Run again once that is put right: what is there already is not uploaded again.',
    );
  });

  it('tells each reference, and where the image lies without one', () => {
    const account = new PushAccount(DIGEST, ['r/a:1', 'r/a:2', 'r/ab:1', 'r/c:1']);
    for (const repository of ['r/a', 'r/ab', 'r/c']) account.hasImage(repository);
    account.tag('r/a:1', 'set');
    account.tag('r/a:2', 'unchanged');
    account.tag('r/ab:1', 'unknown');
    const text = String(account);
    expect(text).toContain(`These tags point to ${DIGEST}: r/a:1, r/a:2.`);
    expect(text).toContain('Not set: r/c:1.');
    expect(text).toContain('is not known: r/ab:1.');
    expect(text).toContain(`The image lies without a new tag, as @${DIGEST}, in: r/ab, r/c.`);
  });

  it('claims nothing of a tag that may have been set', () => {
    const account = new PushAccount(DIGEST, ['r/a:1']);
    account.tag('r/a:1', 'unknown');
    expect(String(account)).toMatch(/^Whether it was set is not known: r\/a:1\.\nRun again/);
  });

  it('keeps the kind of an error, and the input at fault', () => {
    const account = new PushAccount(DIGEST, ['r/a:1']);
    const input = account.explain(new InputError('taken', 'tags')) as InputError;
    expect(input).toBeInstanceOf(InputError);
    expect(input.input).toBe('tags');
    expect(input.message).toMatch(/^taken\nNo tag/);
    const run = account.explain(new RunError('down'));
    expect(run).toBeInstanceOf(RunError);
    const cancel = new CancelledError();
    expect(account.explain(cancel)).toBe(cancel);
    const bug = new TypeError('x');
    expect(account.explain(bug)).toBe(bug);
  });
});
