import { type Call, Outside } from '../test/support/outside.js';
import { Stage } from '../test/support/stage.js';

/** Calls to the outside of one deploy until the stack begins to change, and of the whole of it. */
interface Measured {
  readonly name: string;
  readonly before: readonly Call[];
  readonly all: readonly Call[];
}

/** The stack starts to change with this call. */
const STARTS = 'stacks.executeChangeSet';

/** Milliseconds: about what a call takes from a laptop, and longer than a part of the program takes to load. */
const LATENCY = 60;

/** At most so many calls one after the other, without a release process. */
const LIMIT = 8;

const FILES = {
  'apps/demo/image': 'example/demo:v1\n',
  'apps/demo/Procfile': 'web: serve\nworker: work\n',
  'apps/demo/scale': 'web=2\nworker=1\n',
  'apps/demo/secrets': 'KEY=ssm:/demo/key\nTOKEN=secretsmanager:demo/token\n',
};

async function measure(stage: Stage, name: string, words: readonly string[]): Promise<Measured> {
  const outside = new Outside(undefined, LATENCY);
  const { code, stderr } = await stage.run(words, (windows) => outside.wrap(windows));
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}\n${stderr}`);
  const { calls } = outside;
  const at = calls.findIndex((call) => call.name === STARTS);
  return { name, before: calls.slice(0, at + 1), all: calls };
}

const inSequence = (calls: readonly Call[]): number => Math.max(...calls.map(({ depth }) => depth));

/** `identity.caller; stacks.describe, store.list` — what starts together has commas between. */
function rounds(calls: readonly Call[]): string[] {
  const found = new Map<number, string[]>();
  for (const { depth, name } of calls) found.set(depth, [...(found.get(depth) ?? []), name]);
  return [...found.values()].map((names, index) => `    ${index + 1}  ${counted(names)}`);
}

function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ');
}

async function main(): Promise<void> {
  const stage = new Stage(FILES);
  try {
    const measured = [
      await measure(stage, 'a first deploy', ['deploy', 'demo', '--yes']),
      await measure(stage, 'a deploy of another image', ['deploy', 'example/demo:v2', '--yes']),
      await measure(stage, 'a scale', ['scale', 'worker=3', '-a', 'demo']),
      await measure(stage, 'a rollback', ['rollback', 'v1', '-a', 'demo']),
    ];
    for (const { name, before, all } of measured) {
      console.log(
        `${name}: ${inSequence(before)} calls in sequence, ${before.length} in all, before the stack starts to change; ${all.length} until it is done`,
      );
      console.log(rounds(before).join('\n'));
    }
    const deploys = measured.filter(({ name }) => name !== 'a rollback');
    const most = Math.max(...deploys.map(({ before }) => inSequence(before)));
    console.log(`most in sequence of a deploy: ${most}; allowed: ${LIMIT}`);
    if (most > LIMIT) process.exitCode = 1;
  } finally {
    stage.close();
  }
}

void main();
