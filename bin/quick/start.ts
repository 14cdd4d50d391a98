import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type BundleFiles, Bundles } from './bundles.js';
import { readyText, versionText } from './ready.js';
import { writeNow } from './write-now.js';

/** The build puts in what it knows: our version, and the names of the bundles beside this file. */
declare const BUILT: { readonly version: string; readonly files: BundleFiles };

/** What the main bundle gives; see `scripts/bundle.ts`. */
interface Main {
  readonly run: (
    words: readonly string[],
    program: { readonly version: string; readonly compiler: string },
  ) => Promise<number | undefined>;
  readonly openCdk: () => void;
}

/**
 * Where `bin/empire` begins once the bundles are built: prints a text that is ready, or loads one bundle. Whatever is not certain here
 * goes to oclif.
 */
export function open(): void {
  const words = process.argv.slice(2);
  if (isStale()) {
    openBuilt();
    return;
  }
  const text = versionText(words, BUILT.version) ?? readyText(words, join(__dirname, 'help'));
  if (text !== undefined) {
    writeNow(text);
    return;
  }
  process.stdout.on('error', leaveWhenClosed);
  process.stderr.on('error', leaveWhenClosed);
  const bundles = new Bundles(__dirname, BUILT.files, words);
  (bundles.load('main') as Main).run(words, { version: BUILT.version, compiler: BUILT.files.main }).then((code) => {
    if (code === undefined) {
      openBuilt();
      return;
    }
    process.exitCode = code;
    if (code === 0) process.once('exit', () => bundles.keepCaches());
  });
}

/** Where `bin/empire-cdk` begins. */
export function openCdk(): void {
  if (isStale()) {
    require(join(__dirname, '..', 'bin', 'empire-cdk.js')).open();
    return;
  }
  const bundles = new Bundles(__dirname, BUILT.files, ['cdk']);
  process.once('exit', (code) => code === 0 && bundles.keepCaches());
  (bundles.load('main') as Main).openCdk();
}

/** The compiler ran alone after the bundles were made: then they are of older sources. */
function isStale(): boolean {
  const time = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return time(join(__dirname, '..', 'bin', 'empire.js')) > time(join(__dirname, BUILT.files.main));
}

/** The same program as many files, with oclif. */
function openBuilt(): void {
  process.stdout.off('error', leaveWhenClosed);
  process.stderr.off('error', leaveWhenClosed);
  require(join(__dirname, '..', 'bin', 'empire.js')).open();
}

/** `empire synth | head` is no failure. */
function leaveWhenClosed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
