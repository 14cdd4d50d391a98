import { expect } from 'chai';
import type { Problem } from '../../lib/model/problem.js';
import { problemAsJson, problemsAsError } from '../../lib/view/error-json.js';
import { renderProblem, renderProblems } from '../../lib/view/problem.js';

const NONE = { kind: 'none' } as const;
const atPoint: Problem = {
  severity: 'error',
  code: 'scale-unknown-process',
  place: { kind: 'point', file: 'apps/demo/scale', line: 2, column: 1 },
  message: 'there is no process `workr`',
  given: { kind: 'given', value: 'workr' },
  allowed: { kind: 'given', value: 'web, worker' },
  hint: 'did you mean `worker`?',
};
const inFile: Problem = {
  ...atPoint,
  severity: 'warning',
  place: { kind: 'file', file: 'apps/demo/image' },
  given: NONE,
  allowed: NONE,
};

describe('a problem on the screen', () => {
  it('says where, what, given, allowed and what to do', () => {
    expect(renderProblem(atPoint)).to.equal(
      'error: apps/demo/scale:2:1: there is no process `workr`\n  given: workr\n  allowed: web, worker\n  hint: did you mean `worker`?',
    );
  });

  it('of a whole file has no line, and leaves out what there is not', () => {
    expect(renderProblem(inFile)).to.equal(
      'warning: apps/demo/image: there is no process `workr`\n  hint: did you mean `worker`?',
    );
  });

  it('stands in a block of its own', () => {
    expect(renderProblems([atPoint, inFile])).to.equal(`${renderProblem(atPoint)}\n${renderProblem(inFile)}\n`);
    expect(renderProblems([])).to.equal('');
  });
});

describe('a problem for programs', () => {
  it('has every field, null where there is nothing', () => {
    expect(problemAsJson(inFile)).to.include({
      severity: 'warning',
      file: 'apps/demo/image',
      line: null,
      column: null,
      given: null,
    });
  });

  it('is the error when it is the first error, with all beside it', () => {
    const { error, problems } = problemsAsError([inFile, atPoint]) as { error: Record<string, unknown>; problems: unknown[] };
    expect(error).to.have.all.keys('code', 'message', 'file', 'line', 'column', 'given', 'allowed', 'hint');
    expect(error['code']).to.equal('scale-unknown-process');
    expect(problems).to.have.length(2);
  });

  it('is no error when there are only warnings', () => {
    expect(problemsAsError([inFile])).to.not.have.property('error');
  });
});
