import { runCommandLine } from './command-line.js';

/** Runs the command line of this process and leaves its exit code. */
export function open(): void {
  process.stdout.on('error', leaveWhenClosed);
  process.stderr.on('error', leaveWhenClosed);
  runCommandLine(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}

/** `empire synth | head` is no failure. */
function leaveWhenClosed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
