import { expect } from 'chai';
import * as fc from 'fast-check';
import type { LedgerEntry } from '../../lib/model/ledger.js';
import { formatLedger, parseLedger } from '../../lib/parse/ledger.js';
import { SourceText } from '../../lib/parse/source-text.js';
import { Problems } from '../../lib/problems.js';

function parse(text: string) {
  const problems = new Problems();
  const ledger = parseLedger(new SourceText('apps/ingress.lock', text), problems);
  const places = problems.all.map(
    ({ code, place }) => `${code} ${place.kind === 'point' ? `${place.line}:${place.column}` : ''}`,
  );
  return { ledger, places };
}

const entry = (app: string, priority: number): LedgerEntry => ({
  environment: 'default',
  app,
  listener: 'public-443',
  rule: 'WebRule',
  priority,
});

describe('the ingress ledger', () => {
  it('is one sorted line per rule; comments and empty lines are allowed', () => {
    const { ledger, places } = parse('# rules\n\ndefault web2 public-443 WebRule 9\ndefault demo public-443 WebRule 7\n');
    expect(places).to.deep.equal([]);
    expect(ledger).to.deep.equal([entry('demo', 7), entry('web2', 9)]);
    expect(formatLedger(ledger)).to.equal('default demo public-443 WebRule 7\ndefault web2 public-443 WebRule 9\n');
  });

  it('reads an empty file as no rules', () => {
    expect(parse('')).to.deep.equal({ ledger: [], places: [] });
    expect(formatLedger([])).to.equal('');
  });

  it('refuses every bad line, and goes on', () => {
    const { ledger, places } = parse(
      'default demo public-443 WebRule\nDefault demo public-443 WebRule 1\ndefault demo public WebRule 1\ndefault demo public-443 WebRule 0\ndefault demo public-443 WebRule 50001\ndefault demo public-443 WebRule 50000\n=======\n',
    );
    expect(places).to.deep.equal([
      'ledger-line 1:1',
      'ledger-field 2:1',
      'ledger-field 3:1',
      'ledger-field 4:1',
      'ledger-field 5:1',
      'ledger-line 7:1',
    ]);
    expect(ledger).to.deep.equal([entry('demo', 50000)]);
  });

  it('refuses one priority for two rules of a listener, not of two listeners or environments', () => {
    const { places } = parse(
      'default demo public-443 WebRule 7\ndefault demo public-80 WebRule 7\nstaging demo public-443 WebRule 7\ndefault other public-443 WebRule 7\ndefault demo public-443 WebRule 8\n',
    );
    expect(places).to.deep.equal(['ledger-duplicate-priority 4:1', 'ledger-duplicate-rule 5:1']);
  });

  it('reads back what it writes', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
    const anyEntry = fc.record({
      environment: word,
      app: word,
      listener: fc.constantFrom('public-80', 'public-443', 'internal-80'),
      rule: fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,5}$/),
      priority: fc.integer({ min: 1, max: 50_000 }),
    });
    const anyLedger = fc.uniqueArray(anyEntry, {
      selector: ({ environment, listener, priority }) => `${environment} ${listener} ${priority}`,
    });
    fc.assert(
      fc.property(anyLedger, (ledger) => {
        const unique = [
          ...new Map(ledger.map((each) => [`${each.environment} ${each.app} ${each.listener} ${each.rule}`, each])).values(),
        ];
        const { ledger: read, places } = parse(formatLedger(unique));
        expect(places).to.deep.equal([]);
        expect(new Set(read.map((each) => JSON.stringify(each)))).to.deep.equal(
          new Set(unique.map((each) => JSON.stringify(each))),
        );
        expect(formatLedger(read)).to.equal(formatLedger(unique));
      }),
      { numRuns: 60 },
    );
  });
});
