import { expect } from 'chai';
import fc from 'fast-check';
import type { Place } from '../../lib/model/problem.js';
import { splitWords } from '../../lib/parse/words.js';
import { formatWords, shellForm } from '../../lib/parse/words-format.js';
import { Problems } from '../../lib/problems.js';

const PLACE: Place = { kind: 'point', file: 'apps/demo/Procfile', line: 1, column: 6 };

function split(text: string) {
  const problems = new Problems();
  const words = splitWords(text, PLACE, problems);
  return {
    words: words.kind === 'given' ? words.value : undefined,
    problems: problems.all,
    codes: problems.all.map((p) => p.code),
  };
}

describe('the words of a command', () => {
  /** What Remind's Empire did, and we do too. */
  const AS_BEFORE: [string, string[]][] = [
    ['var --bar=baz', ['var', '--bar=baz']],
    ['var --bar="baz"', ['var', '--bar=baz']],
    ['var --bar=`baz`', ['var', '--bar=`baz`']],
    ['var "--bar=\\"baz\'"', ['var', '--bar="baz\'']],
    ['var --"bar baz"', ['var', '--bar baz']],
    ['var  --"bar baz"', ['var', '--bar baz']],
    ['/bin/ls -h', ['/bin/ls', '-h']],
    ["/bin/echo 'hello world'", ['/bin/echo', 'hello world']],
    ['echo $FOO', ['echo', '$FOO']],
    ['', []],
    ['  ', []],
    ['a \\ b', ['a', ' b']],
    ['a&&b', ['a&&b']],
    ['a;b', ['a;b']],
    ['FOO=bar x', ['FOO=bar', 'x']],
    ['\'a\'"b"c', ['abc']],
  ];
  for (const [text, words] of AS_BEFORE) {
    it(`splits ${JSON.stringify(text)} as Empire always did`, () => expect(split(text).words).to.deep.equal(words));
  }

  /** Where Empire differed from POSIX, and we do not: the second column is what Empire made of it. */
  const REPAIRED: [string, string[], string[]][] = [
    ['a "" b', ['a', 'b'], ['a', '', 'b']],
    ['a "b\\nc"', ['a', 'bnc'], ['a', 'b\\nc']],
    ['var "--bar=\\\'baz\\\'"', ['var', "--bar='baz'"], ['var', "--bar=\\'baz\\'"]],
  ];
  for (const [text, before, words] of REPAIRED) {
    it(`splits ${JSON.stringify(text)} as a shell would, not into ${JSON.stringify(before)}`, () => {
      expect(split(text).words).to.deep.equal(words).and.not.deep.equal(before);
    });
  }

  it('keeps empty quoted words at either end', () => expect(split(`'' a ""`).words).to.deep.equal(['', 'a', '']));
  it('joins lines at a backslash', () => expect(split('a \\\n b').words).to.deep.equal(['a', 'b']));
  it('takes line ends for white space', () => expect(split('a b\nc\n').words).to.deep.equal(['a', 'b', 'c']));

  it('refuses a quote that is not closed', () => {
    for (const text of ["foo '", 'foo "bar', "it's", '"a\\"']) {
      expect(split(text).words, text).to.equal(undefined);
      expect(split(text).codes, text).to.deep.equal(['command-unbalanced-quote']);
    }
  });

  it('refuses a backslash at the end', () => {
    expect(split('a \\').codes).to.deep.equal(['command-trailing-backslash']);
  });

  it('warns of what only a shell understands, and shows the shell form', () => {
    for (const [text, shown] of [
      ['rackup -p $PORT', '`$PORT`'],
      ['rackup -p "$PORT"', '`$PORT`'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a person types
      ['a ${B}', '`${B}`'],
      ['a | b', '`|`'],
      ['a || b', '`||`'],
      ['a && b', '`&&`'],
      ['nginx -g daemon off;', '`;`'],
      ['a < b', '`<`'],
      ['a > b', '`>`'],
      ['a `b`', 'a backtick'],
      ['ls *', '`*`'],
    ] as const) {
      const [problem] = split(text).problems;
      expect(problem, text).to.include({ severity: 'warning', code: 'command-shell-syntax' });
      expect(problem?.message, text).to.contain(shown);
      expect(problem?.hint, text).to.equal(`if a shell is meant, write: ${shellForm(text)}`);
    }
  });

  it('says nothing of what is quoted or already for a shell', () => {
    for (const text of [
      "a '$B' '|'",
      'a "b | c; d > *"',
      'sh -c "exec a $B"',
      'bash -lc "a `b`"',
      'a \\$B',
      'a=$',
      'curl http://x?a=1&b=2',
    ]) {
      expect(
        split(text).codes.filter((code) => code !== 'command-assignment'),
        text,
      ).to.deep.equal([]);
    }
  });

  it('warns of an assignment in front, which would be taken for the program', () => {
    expect(split('FOO=bar x').codes).to.deep.equal(['command-assignment']);
    expect(split('env FOO=bar x').codes).to.deep.equal([]);
  });

  it('reads back any words it writes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (words) => {
        expect(split(formatWords(words)).words).to.deep.equal(words);
      }),
    );
    const shellish = fc.string({ unit: fc.constantFrom(...'a \\\'"$`#*;\n\t') });
    fc.assert(
      fc.property(fc.array(shellish), (words) => {
        expect(split(formatWords(words)).words).to.deep.equal(words);
      }),
    );
  });

  it('gives the shell the same text', () => {
    const shellish = fc.string({ unit: fc.constantFrom(...'a \\\'"$|') });
    fc.assert(
      fc.property(shellish, (text) => {
        expect(split(shellForm(text)).words).to.deep.equal(['sh', '-c', text]);
      }),
    );
  });

  it('either splits any text or says why not', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a \\\'"$`#*;\n{(}') })), (text) => {
        const { words, problems } = split(text);
        expect(problems.some((problem) => problem.severity === 'error')).to.equal(words === undefined);
      }),
    );
  });
});
