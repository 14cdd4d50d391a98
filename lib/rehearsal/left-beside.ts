import { codeOf } from './state-failures.js';

/**
 * Of the names in a folder those that processes have left which were killed between writing a file beside `file` and putting it in place:
 * `rehearsal.json.1234`. A process that lives may have lost the lock and still write.
 */
export function leftBeside(file: string, names: readonly string[]): readonly string[] {
  const own = names.filter((name) => name.startsWith(`${file}.`));
  return own.filter((name) => {
    const id = name.slice(file.length + 1);
    return /^[1-9][0-9]*$/.test(id) && isGone(Number(id));
  });
}

/** Signal 0 only asks. One that may not be asked is there. */
function isGone(id: number): boolean {
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}
