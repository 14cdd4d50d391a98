import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { lineEndAfter, readDotenvValue, skipSpace, trimEnd } from './dotenv-value.js';
import { didYouMean } from './nearest.js';
import type { SourceText } from './source-text.js';

/** `NAME=value` as it stands in a file. Offsets are of the normalised text. */
export interface DotenvEntry {
  readonly name: string;
  /** The value without its quotes and escapes. */
  readonly value: string;
  readonly place: Place;
  /** Offset of the name. */
  readonly nameStart: number;
  /** The value as written, quotes included. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** `unset NAME` in an overlay. */
export interface DotenvUnset {
  readonly name: string;
  readonly place: Place;
  readonly start: number;
  readonly end: number;
}

export interface DotenvFile {
  readonly entries: DotenvEntry[];
  readonly unsets: DotenvUnset[];
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads a file of `NAME=value` lines, our dialect of dotenv, with positions; what is not understood is refused, never
 * skipped. `unset NAME` is understood in overlays only.
 */
export function readDotenv(source: SourceText, overlay: boolean, problems: Problems): DotenvFile {
  return new DotenvReader(source, overlay, problems).read();
}

class DotenvReader {
  private readonly text: string;
  private readonly file: DotenvFile = { entries: [], unsets: [] };
  private readonly seen = new Map<string, Place>();

  constructor(
    private readonly source: SourceText,
    private readonly overlay: boolean,
    private readonly problems: Problems,
  ) {
    this.text = source.text;
  }

  read(): DotenvFile {
    let at = 0;
    while (at < this.text.length) at = this.line(at) + 1;
    return this.file;
  }

  /** Reads what begins on the line at `start`; gives the offset of the line end after it. */
  private line(start: number): number {
    const end = lineEndAfter(this.text, start);
    const at = skipSpace(this.text, start, end);
    if (at === end || this.text[at] === '#') return end;
    const line = this.text.slice(at, end);
    const unset = /^unset[ \t]+([^\s=#]+)[ \t]*(?:#.*)?$/.exec(line);
    if (unset !== null) {
      this.unset(unset[1] as string, at);
      return end;
    }
    const keyword = /^export[ \t]+(?=[^ \t=])/.exec(line);
    return this.assignment(at + (keyword === null ? 0 : keyword[0].length), end);
  }

  private unset(name: string, start: number): void {
    const place = this.source.place(start);
    if (!this.overlay) {
      this.problems.error('dotenv-unset-in-base', place, `\`unset ${name}\` has nothing to remove here`, {
        allowed: 'in an overlay (`env.production`)',
        hint: `remove the line of \`${name}\` instead`,
      });
      return;
    }
    const nameStart = this.text.indexOf(name, start + 'unset'.length);
    if (!this.validName(name, nameStart) || !this.once(name, this.source.place(nameStart))) return;
    this.file.unsets.push({ name, place, start, end: nameStart + name.length });
  }

  private assignment(start: number, end: number): number {
    const length = this.text.slice(start, end).indexOf('=');
    if (length === -1) {
      this.refuseWithoutEquals(start, end);
      return end;
    }
    const equals = start + length;
    const name = trimEnd(this.text.slice(start, equals));
    const known = this.validName(name, start);
    const value = readDotenvValue(this.source, equals + 1, end, this.problems);
    if (value === undefined) return end;
    const place = this.source.place(start);
    if (known && this.once(name, place)) {
      this.file.entries.push({ name, value: value.value, place, nameStart: start, valueStart: value.from, valueEnd: value.to });
    }
    return value.lineEnd;
  }

  private refuseWithoutEquals(start: number, end: number): void {
    const line = trimEnd(this.text.slice(start, end));
    const colon = /^([A-Za-z_][A-Za-z0-9_]*)[ \t]*:/.exec(line);
    if (colon !== null) {
      this.refuseColon(colon[1] as string, start);
      return;
    }
    const word = /^[^\s#]*/.exec(line)?.[0] ?? line;
    this.problems.error('dotenv-bare-name', this.source.place(start), `\`${word}\` has no \`=\``, {
      allowed: this.overlay ? '`NAME=value` or `unset NAME`' : '`NAME=value`',
      hint: NAME.test(word)
        ? `write \`${word}=\` for an empty value, or remove the line`
        : 'write `NAME=value`, or begin the line with `#`',
    });
  }

  private refuseColon(name: string, start: number): void {
    this.problems.error('dotenv-colon', this.source.place(start), `\`${name}:\` is YAML; this file is \`NAME=value\``, {
      given: `${name}:`,
      allowed: '`NAME=value`',
      hint: `write \`${name}=\` in place of \`${name}:\``,
    });
  }

  private validName(name: string, start: number): boolean {
    if (NAME.test(name)) return true;
    const colon = /^([A-Za-z_][A-Za-z0-9_]*)[ \t]*:/.exec(name);
    if (colon !== null) {
      this.refuseColon(colon[1] as string, start);
    } else if (name === '') {
      this.problems.error('dotenv-no-name', this.source.place(start), 'there is no name before `=`', {
        allowed: '`NAME=value`',
        hint: 'write a name before `=`, or remove the line',
      });
    } else {
      const fixed = name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=[0-9])/, '_');
      this.problems.error('dotenv-name', this.source.place(start), `\`${name}\` is not a name of a variable`, {
        given: name,
        allowed: 'letters, digits and `_`, not beginning with a digit',
        hint: didYouMean(name, [fixed], `rename it, for example to \`${fixed}\``),
      });
    }
    return false;
  }

  private once(name: string, place: Place): boolean {
    const first = this.seen.get(name);
    if (first === undefined) {
      this.seen.set(name, place);
      return true;
    }
    const line = first.kind === 'point' ? ` in line ${first.line}` : '';
    this.problems.error('dotenv-duplicate', place, `\`${name}\` is already in this file${line}`, {
      given: name,
      allowed: 'each name once',
      hint: 'keep one of the two lines',
    });
    return false;
  }
}
