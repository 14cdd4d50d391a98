/** Writes data, and waits while whoever reads it is slow; a signal ends the waiting. */
export function writeOut(text: string, signal: AbortSignal): Promise<void> {
  const { stdout } = process;
  if (text === '' || stdout.write(text) || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['drain', 'close', 'error']) stdout.off(event, done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) stdout.once(event, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
