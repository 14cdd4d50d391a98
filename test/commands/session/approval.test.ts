import { expect } from 'chai';
import { approve, confirmName, unapproved } from '../../../lib/commands/session/approval.js';
import type { ReleaseFlags } from '../../../lib/commands/session/flags.js';
import { Failure } from '../../../lib/failure.js';
import type { Plan, PlanFinding } from '../../../lib/model/plan.js';

const FLAGS: ReleaseFlags = {
  json: false,
  rehearse: false,
  yes: false,
  allow: [],
  force: false,
  'no-wait': false,
  'no-queue': false,
  supersede: false,
  events: false,
};

const finding = (kind: PlanFinding['kind']): PlanFinding => ({ kind, resource: 'Data', text: `this is ${kind}` });

function plan(...findings: PlanFinding[]): Plan {
  return { kind: 'update', processes: [], resources: [], parameters: [], findings, predictedSeconds: 1, unpredicted: [] };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Failure) return `${error.code}: ${error.message} · ${error.hint}`;
    throw error;
  }
  return 'not refused';
}

describe('the word that a release needs, off a terminal', () => {
  const ask = (given: Partial<ReleaseFlags>, findings: PlanFinding[], undone: string[] = []) =>
    approve({ plan: plan(...findings), asks: 'always', flags: { ...FLAGS, ...given }, undone, question: 'Deploy a?' });

  it('is not needed for a plan that loses and opens nothing', async () => {
    expect(await ask({}, [finding('note')])).to.deep.equal([]);
    expect(await ask({ force: true }, [])).to.deep.equal(['force']);
  });

  it('refuses what loses data or opens something, and names the flag', async () => {
    expect(await refusal(ask({ yes: true }, [finding('data-loss'), finding('broader-network')]))).to.equal(
      'not-allowed: Data: this is data-loss (and 1 more above) · if that is meant, add `--allow data-loss --allow broader`',
    );
  });

  it('is given by --allow, and recorded', async () => {
    const findings = [finding('data-loss'), finding('broader-permissions'), finding('broader-network'), finding('downtime')];
    expect(await ask({ allow: ['data-loss', 'broader', 'downtime'] }, findings)).to.deep.equal([
      'data-loss',
      'broader',
      'downtime',
    ]);
    expect(unapproved(plan(...findings), ['broader']).map(({ kind }) => kind)).to.deep.equal(['data-loss', 'downtime']);
  });

  it('refuses to undo what is in no commit, unless --yes says so', async () => {
    const undone = ['image goes back from :v2 (set by v12, not in git) to :v1'];
    expect(await refusal(ask({}, [], undone))).to.equal(
      'would-undo: deploy: image goes back from :v2 (set by v12, not in git) to :v1 · commit what runs, or add `--yes` to undo it',
    );
    expect(await ask({ yes: true }, [], undone)).to.deep.equal([]);
  });
});

describe('the name that destroying needs, off a terminal', () => {
  it('is given by --confirm, and by nothing else', async () => {
    await confirmName('hello', 'destroying hello', 'hello');
    expect(await refusal(confirmName('hello', 'destroying hello', 'helo'))).to.contain(
      'usage-confirm: --confirm: `helo` is not `hello`',
    );
    expect(await refusal(confirmName('hello', 'destroying hello', undefined))).to.equal(
      'usage-confirm-missing: destroying hello: this cannot be undone · to go on, add `--confirm hello`',
    );
  });
});
