import { writeSync } from 'node:fs';

/** A text on stdout without the stream, which takes longer to make than the text to write. */
export function writeNow(text: string): void {
  let left: Uint8Array = Buffer.from(text);
  try {
    while (left.length > 0) left = left.subarray(writeSync(1, left));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') return; // `empire --help | head` is no failure.
    if (code !== 'EAGAIN') throw error;
    process.stdout.write(left); // A slow reader of a pipe that does not block: the stream waits.
  }
}
