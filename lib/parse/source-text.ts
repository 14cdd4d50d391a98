import type { Entry } from '../model/folder.js';
import type { Given } from '../model/given.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';

/** The text of one manifest file: no byte-order mark, line ends `\n`, no NUL; offsets are UTF-16 code units of `text`. */
export class SourceText {
  private lineStarts: number[] | undefined;

  constructor(
    /** Path relative to the root, for messages. */
    readonly file: string,
    readonly text: string,
  ) {}

  /** Line and column (1-based, column in code points) of an offset. */
  place(offset: number): Place {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    const before = this.text.slice(starts[low], offset);
    let points = 0;
    for (const _ of before) points++;
    return { kind: 'point', file: this.file, line: low + 1, column: points + 1 };
  }

  /** The lines without their ends, each with the offset of its first character. */
  lines(): { readonly text: string; readonly offset: number }[] {
    return this.starts().map((offset, index, all) => {
      const next = all[index + 1];
      return { text: this.text.slice(offset, next === undefined ? undefined : next - 1), offset };
    });
  }

  private starts(): number[] {
    if (this.lineStarts === undefined) {
      this.lineStarts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) this.lineStarts.push(at + 1);
    }
    return this.lineStarts;
  }
}

const NONE = { kind: 'none' } as const;

/** Bytes → text, or one problem that says why this is not a text file. */
export function decodeEntry(entry: Entry, problems: Problems): Given<SourceText> {
  const refused = refuseKind(entry, problems);
  if (refused || entry.content.kind !== 'bytes') return NONE;
  const file: Place = { kind: 'file', file: entry.path };
  const { bytes } = entry.content;
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    problems.error('file-utf16', file, 'this file is UTF-16', { allowed: 'UTF-8', hint: 'save the file as UTF-8' });
    return NONE;
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    problems.error('file-not-utf8', file, 'this file is not UTF-8 text', { allowed: 'UTF-8', hint: 'save the file as UTF-8' });
    return NONE;
  }
  const source = new SourceText(entry.path, text.replaceAll('\r\n', '\n'));
  return refuseCharacters(source, problems) ? NONE : { kind: 'given', value: source };
}

function refuseKind(entry: Entry, problems: Problems): boolean {
  const file: Place = { kind: 'file', file: entry.path };
  const { content } = entry;
  switch (content.kind) {
    case 'bytes':
      return false;
    case 'directory':
      problems.error('file-is-directory', file, `\`${entry.name}\` is a directory`, {
        allowed: 'a regular file',
        hint: 'replace it by a file',
      });
      return true;
    case 'special':
      problems.error('file-special', file, `\`${entry.name}\` is ${content.what}`, {
        allowed: 'a regular file',
        hint: 'replace it by a file',
      });
      return true;
    case 'too-large':
      problems.error('file-too-large', file, 'this file is too large', {
        given: `${content.bytes} bytes`,
        allowed: '1048576 bytes (1 MiB)',
        hint: 'make the file smaller',
      });
      return true;
    case 'outside':
      problems.error('file-link-outside', file, `this link leaves ${fenceOf(entry)}`, {
        allowed: `links to files inside ${fenceOf(entry)}`,
        hint: 'replace the link by a copy of the file',
      });
      return true;
    case 'unreadable':
      problems.error('file-unreadable', file, `this file cannot be read: ${content.reason}`, {
        hint: 'check that it exists and that you may read it',
      });
      return true;
  }
}

/** Platform files stand at the root; everything else in the apps folder. */
const fenceOf = (entry: Entry): string => (entry.path === entry.name ? 'the repository' : 'the apps folder');

function refuseCharacters(source: SourceText, problems: Problems): boolean {
  const nul = source.text.indexOf('\0');
  if (nul !== -1) {
    problems.error('file-nul', source.place(nul), 'this file has a NUL byte, so it is not text', {
      allowed: 'UTF-8 text',
      hint: 'remove the NUL byte, or the file if it is binary',
    });
    return true;
  }
  const carriageReturn = source.text.indexOf('\r');
  if (carriageReturn !== -1) {
    problems.error('file-lone-cr', source.place(carriageReturn), 'a carriage return without a line feed', {
      allowed: 'line ends LF or CRLF',
      hint: 'convert the line ends to LF',
    });
    return true;
  }
  return false;
}
