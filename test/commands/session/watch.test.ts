import { expect } from 'chai';
import { watch } from '../../../lib/commands/session/watch.js';
import type { Clock } from '../../../lib/model/windows.js';

/** Pictures one after the other; Ctrl-C comes while the last one is shown. */
async function shown(pictures: readonly string[], terminal: { readonly isTTY: boolean; readonly TERM: string }) {
  const { write, isTTY } = process.stdout;
  const term = process.env['TERM'];
  const controller = new AbortController();
  let looks = 0;
  let text = '';
  const clock: Clock = {
    now: () => 0,
    sleep: async () => {
      if (looks === pictures.length) controller.abort();
    },
  };
  process.stdout.isTTY = terminal.isTTY;
  process.env['TERM'] = terminal.TERM;
  process.stdout.write = ((chunk: string) => {
    text += chunk;
    return true;
  }) as typeof process.stdout.write;
  try {
    const code = await watch({ clock, signal: controller.signal, look: async () => pictures[looks++] as string });
    return { code, text };
  } finally {
    Object.assign(process.stdout, { write, isTTY });
    if (term === undefined) delete process.env['TERM'];
    else process.env['TERM'] = term;
  }
}

describe('what is watched', () => {
  it('is drawn over on a terminal, and the last picture stays', async () => {
    const { code, text } = await shown(['one\ntwo\n', 'three\n'], { isTTY: true, TERM: 'xterm' });
    expect(code).to.equal(130);
    expect(text).to.equal('one\ntwo\n\u001b[2A\u001b[1G\u001b[0Jthree\n');
  });

  for (const terminal of [
    { isTTY: false, TERM: 'xterm' },
    { isTTY: true, TERM: 'dumb' },
  ])
    it(`is told each time that it changes ${terminal.isTTY ? 'on a dumb terminal' : 'elsewhere'}`, async () => {
      expect((await shown(['one\n', 'one\n', 'two\n'], terminal)).text).to.equal('one\n\ntwo\n');
    });
});
