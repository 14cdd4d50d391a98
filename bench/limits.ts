import { again, BARE, cdkName, LOOK, synthName } from './cases.js';
import type { Measured } from './measure.js';

/** One promise, and whether it was kept. */
export interface Verdict {
  readonly promise: string;
  readonly found: string;
  readonly kept: boolean;
}

/** What was promised of speed, against what was measured. */
export function verdicts(all: readonly Measured[]): Verdict[] {
  const of = (name: string): Measured => all.find((one) => one.name === name) as Measured;
  const bare = of(BARE).milliseconds;
  const ratio = (name: string, most: number): Verdict => {
    const found = of(name).milliseconds / bare;
    return { promise: `${name}: at most ${most} × bare Node`, found: `${found.toFixed(2)} ×`, kept: found <= most };
  };
  return [
    ratio('empire --version', 1.5),
    ratio('empire --help', 1.5),
    ratio('empire releases -a app-0001', 3),
    ratio(synthName(1, 'unchanged'), 3),
    ratio(synthName(1, 'one changed'), 3),
    oneOfThousand(of),
    coldThousand(of),
    memory(of),
  ];
}

type Of = (name: string) => Measured;

function oneOfThousand(of: Of): Verdict {
  const allowed = 2 * of(again(synthName(1, 'one changed'))).milliseconds + of(LOOK).milliseconds - of(again(BARE)).milliseconds;
  const found = of(synthName(1000, 'one changed')).milliseconds;
  return {
    promise: 'one changed app of 1,000: at most twice one app alone, and reading the files',
    found: `${found.toFixed(0)} ms of ${allowed.toFixed(0)} ms`,
    kept: found <= allowed,
  };
}

function coldThousand(of: Of): Verdict {
  const found = of(cdkName(1000, 'ordinary')).milliseconds / of(synthName(1000, 'cold')).milliseconds;
  return {
    promise: '1,000 apps cold: at least 20 times faster than the CDK CLI',
    found: `${found.toFixed(1)} ×`,
    kept: found >= 20,
  };
}

function memory(of: Of): Verdict {
  const found = of(synthName(1000, 'cold')).peakMegabytes;
  return { promise: '1,000 apps cold: under 200 MB', found: `${found.toFixed(0)} MB`, kept: found < 200 };
}
