import { expect } from 'chai';
import type { Windows } from '../../lib/model/windows.js';
import { consistencyOf, migrationsAtOnce } from './consistency.js';
import { type Call, FAULTS, type Fault, Outside } from './outside.js';
import { type Kept, Stage } from './stage.js';

/** Files of an app whose one process only works: few calls, so that every one of them can be tried. */
export const WORKING = {
  'apps/demo/image': 'example/demo:v1\n',
  'apps/demo/Procfile': 'worker: work\n',
  'apps/demo/scale': 'worker=1\n',
};

/**
 * How much longer a command waits before it looks again. Each look is the same calls as the one before, and each of them is tried with
 * every fault: with 1 everything takes twice as long, and finds nothing else.
 */
const RARELY = Number(process.env['FAULTS_RARELY'] ?? 8);

/** What is done when the fault comes. */
export interface Operation {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Command lines that came before. */
  readonly before: readonly (readonly string[])[];
  readonly words: readonly string[];
}

/**
 * A suite that runs the operation once and records its calls, then once more for every call and each of six faults, and looks each time
 * whether the history and the account contradict each other, and whether the next deploy works. Prints the counts.
 */
export function describeFaults(operation: Operation): void {
  describe(`a fault at any call of ${operation.name}`, function () {
    this.timeout(900_000);

    it('leaves a consistent history', async () => {
      const stage = new Stage(operation.files);
      try {
        const kept = await prepared(stage, operation);
        const recorded = await record(stage, kept, operation);
        const broken: string[] = [];
        const covered = new Set<string>();
        for (const call of recorded) {
          for (const fault of FAULTS) {
            broken.push(...(await tryFault(stage, kept, operation, call, fault)));
            covered.add(`${call.index} ${fault}`);
          }
        }
        const count = `${recorded.length} calls, ${covered.size} faults, ${broken.length} inconsistent histories`;
        console.log(`      ${operation.name}: ${count}`);
        expect(broken).to.deep.equal([]);
        expect(covered.size).to.equal(recorded.length * FAULTS.length);
      } finally {
        stage.close();
      }
    });
  });
}

async function prepared(stage: Stage, { before, name }: Operation): Promise<Kept> {
  for (const words of before) {
    const { code, stderr } = await stage.run(words, lookingRarely);
    if (code !== 0) throw new Error(`before ${name}: ${words.join(' ')} ended with ${code}\n${stderr}`);
  }
  return stage.keep();
}

/** The calls of the operation when nothing goes wrong. */
async function record(stage: Stage, kept: Kept, { words }: Operation): Promise<readonly Call[]> {
  stage.restore(kept);
  const outside = new Outside();
  const { code, stderr } = await stage.run(words, (windows) => outside.wrap(lookingRarely(windows)));
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}\n${stderr}`);
  return outside.calls;
}

async function tryFault(stage: Stage, kept: Kept, operation: Operation, call: Call, fault: Fault): Promise<string[]> {
  stage.restore(kept);
  const at = `${fault} at call ${call.index} (${call.name}, turn ${call.turn}) of ${operation.name}`;
  const outside = new Outside({ at: call, fault });
  const { code } = await stage.run(operation.words, (windows) => outside.wrap(lookingRarely(windows)));
  const wrong: string[] = [];
  if (!outside.reached) wrong.push('the call was not made');
  wrong.push(...consistencyOf(stage.rehearsal, 'demo', { finished: false, succeeded: code === 0 }));
  const next = await stage.run(['deploy', 'example/demo:v9', '--yes'], lookingRarely);
  if (next.code !== 0) wrong.push(`the next deploy ended with ${next.code}:\n${next.stderr}`);
  wrong.push(...consistencyOf(stage.rehearsal, 'demo', { finished: true, succeeded: next.code === 0 }));
  wrong.push(...migrationsAtOnce(stage.rehearsal));
  return wrong.map((what) => `${at}: ${what}`);
}

function lookingRarely(windows: Windows): Windows {
  const { clock } = windows;
  const rare: Windows['clock'] = {
    now: () => clock.now(),
    sleep: (milliseconds, signal) => clock.sleep(milliseconds * RARELY, signal),
  };
  return { ...windows, clock: rare };
}
