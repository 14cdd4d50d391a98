import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect } from 'chai';
import { renderProblems } from '../../lib/view/problem.js';
import { BROKEN, brokenCases, coveredInTests, errorCodes, problemsOf } from '../support/broken.js';

/** A capital is for names: `YAML`, `Fargate`. */
const startsLikeASentence = (message: string): boolean =>
  /^[A-Z]/.test(message) && !/^([A-Z]{2,}|Fargate|Procfile)\b/.test(message);

describe('a broken folder', () => {
  for (const name of brokenCases()) {
    it(`refuses ${name}, word for word`, () => {
      const problems = problemsOf(name);
      const codes = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
      expect(codes, 'the folder is named for what is wrong in it').to.include(name);
      const expected = path.join(BROKEN, name, 'expected.txt');
      const rendered = renderProblems(problems);
      if (process.env['GOLDEN'] === '1') fs.writeFileSync(expected, rendered);
      expect(fs.existsSync(expected), `${name}/expected.txt is missing: npm run golden writes it`).to.equal(true);
      expect(rendered).to.equal(fs.readFileSync(expected, 'utf8'));
    });
  }

  it('exists for every code of an error, or a test covers it', () => {
    const cases = new Set(brokenCases());
    const covered = coveredInTests();
    const missing = [...errorCodes()].filter(([code]) => !cases.has(code) && !covered.has(code));
    expect(missing.map(([code, file]) => `${code} (${file})`)).to.deep.equal([]);
  });

  it('is named for a code that exists', () => {
    const codes = errorCodes();
    expect(brokenCases().filter((name) => !codes.has(name))).to.deep.equal([]);
  });

  it('has a message without a capital, a final period or an empty hint', () => {
    const wrong = brokenCases()
      .flatMap(problemsOf)
      .filter(({ message, hint }) => startsLikeASentence(message) || /\.$/.test(message) || hint.trim() === '');
    expect(wrong.map(({ code, message }) => `${code}: ${message}`)).to.deep.equal([]);
  });
});
