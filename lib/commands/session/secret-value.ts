import { Failure } from '../../failure.js';
import { textFromBytes } from '../../windows/text-file.js';

/** Everything on standard input; one final newline is dropped, since every `echo` adds one. */
export async function readInput(input: NodeJS.ReadStream = process.stdin): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk as Buffer));
  return textFromBytes('standard input', Buffer.concat(chunks)).replace(/\r?\n$/, '');
}

/** A secret value: typed without being shown on a terminal, else standard input. */
export async function readSecret(
  name: string,
  input: NodeJS.ReadStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<string> {
  const value = input.isTTY ? await typed(`value of ${name} (not shown): `, input, output) : await readInput(input);
  if (value !== '') return value;
  throw new Failure(name, 'there is no value', `type it, or pipe it in: \`empire set --secret ${name} < file\``, 'secret-empty');
}

const ENTER = new Set(['\r', '\n', '\u0004']);
const ERASE = new Set(['\u007f', '\b']);
const INTERRUPT = '\u0003';

/** Key by key, in raw mode: the terminal itself would show what is typed. */
function typed(question: string, input: NodeJS.ReadStream, output: NodeJS.WritableStream): Promise<string> {
  output.write(question);
  input.setRawMode(true);
  input.resume();
  return new Promise((resolve, reject) => {
    let value = '';
    const end = (finish: () => void): void => {
      input.off('data', onData);
      input.setRawMode(false);
      input.pause();
      output.write('\n');
      finish();
    };
    const onData = (data: Buffer | string): void => {
      for (const key of data.toString()) {
        if (ENTER.has(key) || key === INTERRUPT) {
          end(() => (key === INTERRUPT ? reject(stopped()) : resolve(value)));
          return;
        }
        value = ERASE.has(key) ? [...value].slice(0, -1).join('') : value + key;
      }
    };
    input.on('data', onData);
  });
}

const stopped = (): Failure => new Failure('set', 'stopped: nothing was written', 'run it again', 'interrupted');
