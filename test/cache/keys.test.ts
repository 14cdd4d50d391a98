import { expect } from 'chai';
import { compileKey, parseKey } from '../../lib/cache/keys.js';
import type { AppDirectory, Entry } from '../../lib/model/folder.js';

const file = (name: string, text: string): Entry => ({
  name,
  path: `apps/demo/${name}`,
  content: { kind: 'bytes', bytes: new TextEncoder().encode(text) },
});
const other = (content: Entry['content']): Entry => ({ name: 'env', path: 'apps/demo/env', content });
const app = (...entries: Entry[]): AppDirectory => ({ name: 'demo', path: 'apps/demo', entries });

/** No two of these may be taken for each other. */
const DIRECTORIES: readonly AppDirectory[] = [
  app(),
  app(file('env', 'A=1')),
  app(file('env', 'A=2')),
  app(file('env', 'A=1\n')),
  app(file('scale', 'A=1')),
  app(file('env', 'A=1'), file('scale', '')),
  app(file('env', ''), file('scale', 'A=1')),
  app(file('env', 'A'), file('scale', '=1')),
  app(file('env', 'A='), file('scale', '1')),
  app(file('env3:scale', 'A=1')),
  app(other({ kind: 'directory' })),
  app(other({ kind: 'outside' })),
  app(other({ kind: 'special', what: 'a FIFO' })),
  app(other({ kind: 'too-large', bytes: 2_000_000 })),
  app(other({ kind: 'too-large', bytes: 2_000_001 })),
  app(other({ kind: 'unreadable', reason: 'permission denied' })),
  { ...app(file('env', 'A=1')), name: 'Demo' },
  { ...app(file('env', 'A=1')), path: 'services/demo' },
  { ...app(file('env', 'A=1')), name: 'demoapps', path: '/demo' },
  app({ ...file('env', 'A=1'), path: 'services/demo/env' }),
];

const RULE = { environment: 'default', app: 'demo', listener: 'public-443', rule: 'Rule', priority: 7 };

describe('the hashes under which an app is remembered', () => {
  it('are others for every difference in its files, and the same for the same', () => {
    const keys = DIRECTORIES.flatMap((directory) => [parseKey('a', directory), parseKey('b', directory)]);
    expect(new Set(keys).size).to.equal(2 * DIRECTORIES.length);
    expect(parseKey('a', app(file('env', 'A=1')))).to.equal(parseKey('a', app(file('env', 'A=1'))));
  });

  it('are others for every number of its own rules', () => {
    const ledgers = [[], [RULE], [{ ...RULE, priority: 8 }], [{ ...RULE, rule: 'Other' }], [RULE, { ...RULE, rule: 'Other' }]];
    const keys = ['a', 'b'].flatMap((parsed) => ledgers.map((own) => compileKey(parsed, own)));
    expect(new Set(keys).size).to.equal(keys.length);
  });
});
