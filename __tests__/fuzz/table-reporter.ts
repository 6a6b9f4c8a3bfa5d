import type { Reporter, TestModule } from 'vitest/node';
import type { FuzzCounts } from './fuzz.js';

/** Prints what each parser was given, and the sums as the last line. */
export default class TableReporter implements Reporter {
  private began = 0;

  onTestRunStart(): void {
    this.began = Date.now();
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const found = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => test.meta().fuzz ?? []),
    );
    if (found.length === 0) return;
    const width = Math.max(...found.map(({ parser }) => parser.length));
    const line = (name: string, ...numbers: (string | number)[]) =>
      `${name.padEnd(width)}${numbers.map((number) => String(number).padStart(10)).join('')}`;
    const row = ({ parser, cases, accepted, refused, seconds, slowest }: FuzzCounts) =>
      line(parser, cases, accepted, refused, `${seconds.toFixed(1)} s`, `${Math.round(slowest)} ms`);
    const sum = (key: 'cases' | 'accepted' | 'refused') => found.reduce((total, counts) => total + counts[key], 0);
    const seconds = Math.round((Date.now() - this.began) / 1000);
    console.log(['', line('parser', 'cases', 'accepted', 'refused', 'time', 'slowest'), ...found.map(row)].join('\n'));
    console.log(
      `fuzz: ${found.length} parsers, ${sum('cases')} cases, ${sum('accepted')} accepted, ${sum('refused')} refused, in ${seconds} s`,
    );
  }
}
