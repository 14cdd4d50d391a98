import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../failure.js';

/** Writes a file unless it already has exactly this text: comparing is far cheaper than rewriting hundreds of files. */
export function writeWhenChanged(path: string, text: string): 'written' | 'unchanged' {
  return inWords(path, () => {
    if (textOf(path) === text) return 'unchanged';
    makeFolder(dirname(path));
    writeFileSync(path, text);
    return 'written';
  });
}

/** Removes a file; one that is not there is no error. */
export function removeFile(path: string): 'removed' | 'absent' {
  return inWords(path, () => {
    if (!existsSync(path)) return 'absent';
    rmSync(path);
    return 'removed';
  });
}

/** Makes a file that is not there yet; never touches one that is. */
export function createFile(path: string, text: string): 'created' | 'kept' {
  return inWords(path, () => {
    makeFolder(dirname(path));
    try {
      writeFileSync(path, text, { flag: 'wx' });
      return 'created';
    } catch (error) {
      if (isCode(error, 'EEXIST')) return 'kept';
      throw error;
    }
  });
}

/** Adds the lines that a file does not have yet, at its end; makes the file when it is missing. */
export function addLines(path: string, lines: readonly string[]): 'created' | 'extended' | 'kept' {
  return inWords(path, () => {
    const before = textOf(path);
    const present = new Set((before ?? '').split('\n').map((line) => line.trim()));
    const missing = lines.filter((line) => !present.has(line));
    if (missing.length === 0) return 'kept';
    const gap = before === undefined || before === '' || before.endsWith('\n') ? '' : '\n';
    writeFileSync(path, `${before ?? ''}${gap}${missing.join('\n')}\n`);
    return before === undefined ? 'created' : 'extended';
  });
}

/** One level after the other: Node's recursive mkdir never ends where the parent refuses with "not found", as below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
}

/** What the disk refuses, as a failure: the path, the reason, and what to do. */
export function inWords<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error;
    const reason = error.message.replace(/^[A-Z]+: /, '').split(',')[0] as string;
    throw new Failure(
      path,
      `cannot be written: ${reason}`,
      'check that you may write there and that the disk is not full',
      'file-not-written',
    );
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
