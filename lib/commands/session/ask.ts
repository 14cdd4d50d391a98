import { createInterface, type Interface } from 'node:readline';
import { Failure } from '../../failure.js';

/** Asks one question; an empty answer takes the proposal. */
export type Ask = (question: string, proposal: string) => Promise<string>;

/** Whether somebody is there to answer. */
export function isAsked(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/**
 * Runs an interview over a stream of lines. One reader for all questions, so that answers pasted together are not lost;
 * ending the input or Ctrl-C stops it.
 */
export async function interview<T>(
  talk: (ask: Ask) => Promise<T>,
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<T> {
  const reader = createInterface({ input, output });
  const next = lineByLine(reader);
  try {
    return await talk(async (question, proposal) => {
      output.write(`${question}${proposal === '' ? '' : ` [${proposal}]`}: `);
      const answer = await next();
      if (answer !== undefined) return answer.trim() || proposal;
      // what is said next begins a line
      output.write('\n');
      throw stopped();
    });
  } finally {
    reader.close();
  }
}

/** Lines in the order in which they come, kept until somebody asks for them; undefined when no more come. */
function lineByLine(reader: Interface): () => Promise<string | undefined> {
  const lines: string[] = [];
  let wake = (): void => {};
  let ended = false;
  reader.on('line', (line) => {
    lines.push(line);
    wake();
  });
  reader.on('SIGINT', () => reader.close());
  reader.on('close', () => {
    ended = true;
    wake();
  });
  return async () => {
    if (lines.length === 0 && !ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return lines.shift();
  };
}

const stopped = (): Failure =>
  new Failure('empire', 'stopped: nothing was written', 'run it again, or give flags instead of answers', 'interrupted');
