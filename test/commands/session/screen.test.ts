import { expect } from 'chai';
import { SharedScreen } from '../../../lib/commands/session/screen.js';
import type { Windows } from '../../../lib/model/windows.js';
import { aRecord } from '../../support/records.js';

const AT = Date.UTC(2026, 5, 4, 14, 27);

describe('the screen of releases on a terminal', () => {
  let shown: string;
  let restore: () => void;

  beforeEach(() => {
    const { write, isTTY } = process.stderr;
    const term = process.env['TERM'];
    shown = '';
    process.stderr.isTTY = true;
    process.env['TERM'] = 'xterm';
    process.stderr.write = ((text: string) => {
      shown += text;
      return true;
    }) as typeof process.stderr.write;
    restore = () => {
      process.stderr.write = write;
      process.stderr.isTTY = isTTY;
      if (term === undefined) delete process.env['TERM'];
      else process.env['TERM'] = term;
    };
  });

  afterEach(() => restore());

  const windows = { clock: { now: () => AT + 5000 } } as unknown as Windows;
  const screenOf = (events: boolean) => new SharedScreen({ windows, look: { colour: false, width: 80 }, events, prefixWidth: 5 });

  it('draws the state at the bottom again and again, below the lines that stay', () => {
    const screen = screenOf(false);
    const [hello, acme] = [screen.of('hello'), screen.of('acme')];
    hello.report({ kind: 'claimed', record: aRecord(2) });
    acme.report({ kind: 'claimed', record: aRecord(7) });
    hello.report({ kind: 'phase', name: 'update', at: AT, text: 'updating' });
    hello.end();
    acme.end();
    const lines = onTerminal(shown);
    expect(lines).to.deep.equal([
      'hello   0:00  v2: Deploy remind101/acme-inc:v2',
      'acme    0:00  v7: Deploy remind101/acme-inc:v7',
    ]);
    expect(shown).to.contain('hello  v2  0:05  update: updating\n').and.to.contain('acme   v7  0:05  working\n');
  });

  it('says nothing in place under --events', () => {
    const { write } = process.stdout;
    let data = '';
    process.stdout.write = ((text: string) => {
      data += text;
      return true;
    }) as typeof process.stdout.write;
    try {
      screenOf(true).of('').report({ kind: 'note', text: 'hello' });
    } finally {
      process.stdout.write = write;
    }
    expect([shown, data]).to.deep.equal(['', '{"kind":"note","text":"hello"}\n']);
  });
});

/** What a terminal shows in the end: the cursor moves up, and lines are cleared. */
function onTerminal(text: string): string[] {
  const lines: string[] = [''];
  let row = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a movement
  for (const part of text.match(/\u001b\[[0-9;]*[A-Za-z]|\n|[^\u001b\n]+/g) ?? []) {
    if (part === '\n') row += 1;
    else if (part.endsWith('A') && part.startsWith('\u001b')) row -= Number(/\d+/.exec(part)?.[0] ?? 1);
    else if (part === '\u001b[2K') lines[row] = '';
    else if (!part.startsWith('\u001b')) lines[row] = (lines[row] ?? '') + part;
    lines[row] ??= '';
  }
  return lines.filter((line) => line !== '');
}
