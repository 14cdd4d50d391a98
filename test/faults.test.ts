import { expect } from 'chai';
import { consistencyOf, migrationsAtOnce } from './support/consistency.js';
import { type Call, FAULTS, type Fault, Outside } from './support/outside.js';
import { type Kept, Stage } from './support/stage.js';

const APP = {
  'apps/demo/image': 'example/demo:v1\n',
  'apps/demo/Procfile': 'worker: work\n',
  'apps/demo/scale': 'worker=1\n',
};
const MIGRATING = { ...APP, 'apps/demo/Procfile': 'worker: work\nrelease: migrate\n' };

interface Operation {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** What happened before. */
  readonly before: readonly (readonly string[])[];
  readonly words: readonly string[];
}

const OPERATIONS: readonly Operation[] = [
  { name: 'a first create', files: APP, before: [], words: ['deploy', 'demo', '--yes'] },
  { name: 'a deploy', files: APP, before: [['deploy', 'demo', '--yes']], words: ['deploy', 'example/demo:v2', '--yes'] },
  { name: 'a scale', files: APP, before: [['deploy', 'demo', '--yes']], words: ['scale', 'worker=2', '-a', 'demo'] },
  {
    name: 'a rollback',
    files: APP,
    before: [
      ['deploy', 'demo', '--yes'],
      ['deploy', 'example/demo:v2', '--yes'],
    ],
    words: ['rollback', 'v1', '-a', 'demo'],
  },
  {
    name: 'a deploy with a release process',
    files: MIGRATING,
    before: [['deploy', 'demo', '--yes']],
    words: ['deploy', 'example/demo:v2', '--yes'],
  },
];

/** Six faults at every call to the outside, for each operation that makes a release. */
describe('a fault at any call leaves a consistent history', function () {
  this.timeout(600_000);

  for (const operation of OPERATIONS) {
    it(`of ${operation.name}`, async () => {
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
        console.log(
          `      ${operation.name}: ${recorded.length} calls, ${covered.size} faults, ${broken.length} inconsistent histories`,
        );
        expect(broken).to.deep.equal([]);
        expect(covered.size).to.equal(recorded.length * FAULTS.length);
      } finally {
        stage.close();
      }
    });
  }
});

async function prepared(stage: Stage, { before, name }: Operation): Promise<Kept> {
  for (const words of before) {
    const { code, stderr } = await stage.run(words);
    if (code !== 0) throw new Error(`before ${name}: ${words.join(' ')} ended with ${code}\n${stderr}`);
  }
  return stage.keep();
}

/** The calls of the operation when nothing goes wrong. */
async function record(stage: Stage, kept: Kept, { words }: Operation): Promise<readonly Call[]> {
  stage.restore(kept);
  const outside = new Outside();
  const { code, stderr } = await stage.run(words, (windows) => outside.wrap(windows));
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}\n${stderr}`);
  return outside.calls;
}

async function tryFault(stage: Stage, kept: Kept, operation: Operation, call: Call, fault: Fault): Promise<string[]> {
  stage.restore(kept);
  const at = `${fault} at call ${call.index} (${call.name}, turn ${call.turn}) of ${operation.name}`;
  const outside = new Outside({ at: call, fault });
  const { code } = await stage.run(operation.words, (windows) => outside.wrap(windows));
  const wrong: string[] = [];
  if (!outside.reached) wrong.push('the call was not made');
  wrong.push(...consistencyOf(stage.rehearsal, 'demo', { finished: false, succeeded: code === 0 }));
  const next = await stage.run(['deploy', 'example/demo:v9', '--yes']);
  if (next.code !== 0) wrong.push(`the next deploy ended with ${next.code}:\n${next.stderr}`);
  wrong.push(...consistencyOf(stage.rehearsal, 'demo', { finished: true, succeeded: next.code === 0 }));
  wrong.push(...migrationsAtOnce(stage.rehearsal));
  return wrong.map((what) => `${at}: ${what}`);
}
