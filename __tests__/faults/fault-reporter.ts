import type { Reporter, TestModule } from 'vitest/node';

declare module 'vitest' {
  interface TaskMeta {
    /** Programs that the test has killed. */
    kills?: number;
  }
}

/** Tells at the end what the suite has tried: `faults: 74 cases, 112 kills, 0 failed`. */
export default class FaultReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let [cases, kills, failed, skipped] = [0, 0, 0, 0];
    for (const module of modules) {
      if (module.errors().length > 0) failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'skipped') {
          skipped++;
          continue;
        }
        if (state !== 'passed') failed++;
        const killed = test.meta().kills;
        if (killed === undefined) cases++;
        else kills += killed;
      }
    }
    const more = skipped > 0 ? `, ${skipped} left out` : '';
    console.log(`faults: ${cases} cases, ${kills} kills, ${failed} failed${more}`);
  }
}
