import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommandLine } from '../../bin/command-line.js';
import { ROOT } from './repository.js';

/** A way from words to an exit code. */
export type RunLine = (words: readonly string[]) => Promise<number>;

/** Words for node that open the built command line, with oclif, in a process of its own; the words of a line follow. */
export const DOOR: readonly string[] = ['-e', `require(${JSON.stringify(join(ROOT, 'dist/bin/empire.js'))}).open()`, 'empire'];

/** What one command left on the screen. */
export interface Screen {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/**
 * Runs every `$` line of a transcript in a fresh copy of a folder, and gives the transcript as it is now.
 *
 * `$ empire …` (with `NAME=value` in front) is a command; `$ export`, `$ cd`, `$ cat` and `$ ls` are what they are. Standard error has
 * `! ` in front of each line, and `[code]` ends a command that did not end with 0. `## ` lines are for people, except that
 * `## rehearsed` makes every command a rehearsal without waiting that begins at the same moment.
 */
export async function replay(transcript: string, folder: string | undefined, run: RunLine = runCommandLine): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'empire-transcript-'));
  const before = process.cwd();
  if (folder !== undefined) cpSync(folder, root, { recursive: true });
  try {
    process.chdir(root);
    const blocks: string[] = [];
    const exported = /^## rehearsed$/m.test(transcript) ? { ...REHEARSED } : {};
    for (const block of blocksOf(transcript))
      blocks.push(block.said + (block.command === undefined ? '' : await play(block.command, exported, run)));
    return blocks
      .join('')
      .replaceAll(root, '/repository')
      .replaceAll(/empire\/\S+ \S+ node-\S+/g, 'empire/<version>');
  } finally {
    process.chdir(before);
    rmSync(root, { recursive: true });
  }
}

/** Comments stay; what follows a `$` line is dropped and made again. */
function* blocksOf(transcript: string): Generator<{ said: string; command: string | undefined }> {
  let said = '';
  for (const line of transcript.split('\n')) {
    if (line.startsWith('## ')) said += `${line}\n`;
    if (!line.startsWith('$ ')) continue;
    yield { said: `${said}${line}\n`, command: line.slice(2) };
    said = '';
  }
}

const REHEARSED: Readonly<Record<string, string>> = {
  EMPIRE_REHEARSE: '1',
  EMPIRE_REHEARSE_SPEED: 'infinite',
  EMPIRE_REHEARSE_START: '2026-06-04T14:27:00Z',
};

async function play(command: string, exported: Record<string, string>, run: RunLine): Promise<string> {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map((match) => (match[1] ?? match[2]) as string);
  if (words[0] === 'cd') process.chdir(words[1] as string);
  if (words[0] === 'cat') return `${readFileSync(words[1] as string, 'utf8')}\n`;
  if (words[0] === 'ls')
    return `${readdirSync(words[1] ?? '.')
      .sort()
      .join('\n')}\n\n`;
  if (words[0] === 'cd') return '\n';
  if (words[0] === 'export') {
    Object.assign(exported, Object.fromEntries(words.slice(1).map((word) => word.split('=') as [string, string])));
    return '\n';
  }
  const at = words.indexOf('empire');
  const variables = words.slice(0, at).map((word) => word.split('=') as [string, string]);
  const screen = await runOnScreen(words.slice(at + 1), { ...exported, ...Object.fromEntries(variables) }, run);
  const talk = screen.stderr
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `! ${line}`.trimEnd());
  return `${screen.stdout}${screen.stderr === '' ? '' : `${talk.join('\n')}\n`}${screen.code === 0 ? '' : `[${screen.code}]\n`}\n`;
}

const LEFT_OUT = [
  ...['CI', 'USER', 'EMPIRE_APP', 'EMPIRE_ENVIRONMENT', 'FORCE_COLOR', 'COLUMNS'],
  ...['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE', 'AWS_ENDPOINT_URL'],
  ...['GITHUB_SERVER_URL', 'CI_JOB_URL', 'BUILDKITE_BUILD_URL', 'CIRCLE_BUILD_URL', 'BUILD_URL'],
  ...['EMPIRE_REHEARSE', 'EMPIRE_REHEARSE_SPEED', 'EMPIRE_REHEARSE_START'],
];

/** One command line in this process, with its screen caught and its environment its own. */
export async function runOnScreen(
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  run: RunLine = runCommandLine,
): Promise<Screen> {
  const environment = { ...process.env };
  for (const name of LEFT_OUT) delete process.env[name];
  Object.assign(process.env, { NO_COLOR: '1', OCLIF_COLUMNS: '100', TZ: 'UTC' }, variables);
  const screen = { stdout: '', stderr: '' };
  const restore = [caught('stdout', screen), caught('stderr', screen)];
  try {
    return { code: await run(words), ...screen };
  } finally {
    for (const one of restore) one();
    process.env = environment;
  }
}

function caught(name: 'stdout' | 'stderr', screen: { stdout: string; stderr: string }): () => void {
  const stream = process[name];
  const write = stream.write;
  stream.write = ((text: string | Uint8Array) => {
    screen[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
    return true;
  }) as typeof stream.write;
  return () => {
    stream.write = write;
  };
}

/** The transcript on disk and as it is now; GOLDEN=1 writes what is now first. */
export async function compareTranscript(file: string, folder: string | undefined): Promise<{ expected: string; actual: string }> {
  const path = resolve(file);
  const actual = await replay(readFileSync(path, 'utf8'), folder === undefined ? undefined : resolve(folder));
  if (process.env['GOLDEN']) writeFileSync(path, actual);
  return { expected: readFileSync(path, 'utf8'), actual };
}
