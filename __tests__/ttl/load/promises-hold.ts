import { beforeAll, expect, it } from 'vitest';
import { pushgateway, startPushgateway } from '../../support/pushgateway.js';
import { checkUnderLoad, type Load } from './check.js';
import { longLived, shortLived } from './forms.js';
import { describeReport } from './report.js';

/** Time for the start, for filling the store and for the restarts, in milliseconds. Each takes some seconds at most. */
const REST = 120_000;

/** Declares the tests of both forms. */
export function promisesHold(seconds: number): void {
  const timeout = seconds * 1000 + REST;
  let plain = '';
  let racing = '';

  beforeAll(async () => {
    racing = await pushgateway({ race: true });
    plain = await pushgateway();
  }, 600_000);

  it('1,000 names, TTL 2 s, 50 pushes and 50 reads a second, with the race detector', { timeout }, () =>
    hold(shortLived(seconds), racing),
  );

  it('1,000 living groups, TTL 30 s, 50 pushes and 20 reads a second', { timeout }, () =>
    hold(longLived(seconds), plain),
  );
}

async function hold(load: Load, binary: string): Promise<void> {
  const report = await checkUnderLoad(load, (flags) => startPushgateway(binary, flags));
  const text = describeReport(report);
  console.info(text);
  expect(report.violations.kinds, text).toEqual([]);
}
