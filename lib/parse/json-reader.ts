import type { Json, JsonObject } from '../model/json.js';
import type { Problems } from '../problems.js';
import type { SourceText } from './source-text.js';

/** A JSON value, and where each part of it stands: JSON pointer → offset of the value (`key:` + pointer → of its key). */
export interface JsonReading {
  readonly value: Json;
  readonly offsets: ReadonlyMap<string, number>;
}

const MAX_DEPTH = 50;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** Unwinds the reader at the first thing that is not JSON; never leaves this file. */
class NotJson {
  constructor(
    readonly offset: number,
    readonly expected: string,
  ) {}
}

/** Reads JSON with positions: a syntax error is one problem with its place, duplicate keys are refused. */
export function readJson(source: SourceText, problems: Problems): JsonReading | undefined {
  try {
    return new JsonReader(source, problems).read();
  } catch (thrown) {
    if (!(thrown instanceof NotJson)) throw thrown;
    const found =
      thrown.offset >= source.text.length
        ? 'the end of the file'
        : `\`${String.fromCodePoint(source.text.codePointAt(thrown.offset) as number)}\``;
    problems.error('json-syntax', source.place(thrown.offset), `this is not JSON: ${found} in place of ${thrown.expected}`, {
      given: found,
      allowed: thrown.expected,
      hint: 'correct the JSON here: keys and texts in double quotes, commas between values and none after the last',
    });
    return undefined;
  }
}

class JsonReader {
  private at = 0;
  private readonly text: string;
  private readonly offsets = new Map<string, number>();

  constructor(
    private readonly source: SourceText,
    private readonly problems: Problems,
  ) {
    this.text = source.text;
  }

  read(): JsonReading {
    this.space();
    const value = this.value('', 0);
    this.space();
    if (this.at < this.text.length) throw new NotJson(this.at, 'the end of the file');
    return { value, offsets: this.offsets };
  }

  private value(pointer: string, depth: number): Json {
    if (depth > MAX_DEPTH) throw new NotJson(this.at, `at most ${MAX_DEPTH} levels`);
    this.offsets.set(pointer, this.at);
    const first = this.text[this.at];
    if (first === '{') return this.object(pointer, depth);
    if (first === '[') return this.array(pointer, depth);
    if (first === '"') return this.string();
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return Number(this.token(NUMBER, 'a value'));
  }

  private object(pointer: string, depth: number): JsonObject {
    const object: { [key: string]: Json } = Object.create(null);
    this.at++;
    this.space();
    if (this.taken('}')) return object;
    do {
      this.space();
      const start = this.at;
      const key = this.string();
      const inner = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (key in object) this.refuseDuplicate(key, start);
      this.offsets.set(`key:${inner}`, start);
      this.space();
      this.expect(':');
      this.space();
      object[key] = this.value(inner, depth + 1);
      this.space();
    } while (this.taken(','));
    this.expect('}', '`,` or `}`');
    return object;
  }

  private array(pointer: string, depth: number): Json[] {
    const array: Json[] = [];
    this.at++;
    this.space();
    if (this.taken(']')) return array;
    do {
      this.space();
      array.push(this.value(`${pointer}/${array.length}`, depth + 1));
      this.space();
    } while (this.taken(','));
    this.expect(']', '`,` or `]`');
    return array;
  }

  private string(): string {
    return JSON.parse(this.token(STRING, 'a text in double quotes')) as string;
  }

  private token(pattern: RegExp, expected: string): string {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) throw new NotJson(this.at, expected);
    this.at += match[0].length;
    return match[0];
  }

  private taken(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private expect(character: string, expected = `\`${character}\``): void {
    if (!this.taken(character)) throw new NotJson(this.at, expected);
  }

  /** White space, and comments: lines that begin with `#`, as in every file of an app. */
  private space(): void {
    for (;;) {
      const character = this.text[this.at];
      if (character === '#' && (this.at === 0 || this.text[this.at - 1] === '\n')) {
        const end = this.text.indexOf('\n', this.at);
        this.at = end === -1 ? this.text.length : end;
      } else if (character === ' ' || character === '\t' || character === '\n') this.at++;
      else return;
    }
  }

  private refuseDuplicate(key: string, offset: number): void {
    this.problems.error('json-duplicate-key', this.source.place(offset), `the key \`${key}\` is already in this object`, {
      given: key,
      allowed: 'each key once',
      hint: 'keep one of the two',
    });
  }
}

const WORDS: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
