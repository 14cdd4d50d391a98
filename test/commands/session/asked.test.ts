import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { approve, confirmName } from '../../../lib/commands/session/approval.js';
import type { ReleaseFlags } from '../../../lib/commands/session/flags.js';
import { Failure } from '../../../lib/failure.js';
import type { Plan } from '../../../lib/model/plan.js';

const FLAGS = { json: false, yes: false, allow: [], force: false, events: false } as unknown as ReleaseFlags;
const PLAN: Plan = {
  kind: 'update',
  processes: [],
  resources: [],
  parameters: [],
  findings: [],
  predictedSeconds: 1,
  unpredicted: [],
};
const LOSES: Plan = { ...PLAN, findings: [{ kind: 'data-loss', resource: 'Data', text: 'it is deleted' }] };

describe('the questions of a terminal', () => {
  let said: string;
  let typed: PassThrough;
  let restore: () => void;

  beforeEach(() => {
    const stdin = Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor;
    const { write, isTTY } = process.stderr;
    typed = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => typed });
    said = '';
    Object.defineProperty(process, 'stdin', { value: typed, configurable: true });
    process.stderr.isTTY = true;
    process.stderr.write = ((text: string) => {
      said += text;
      return true;
    }) as typeof process.stderr.write;
    restore = () => {
      Object.defineProperty(process, 'stdin', stdin);
      process.stderr.write = write;
      process.stderr.isTTY = isTTY;
    };
  });

  afterEach(() => restore());

  const ask = (plan: Plan, asks: 'always' | 'destructive', flags: Partial<ReleaseFlags> = {}) =>
    approve({ plan, asks, flags: { ...FLAGS, ...flags }, undone: [], question: 'Deploy hello?' });

  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof Failure ? error.code : Promise.reject(error)),
    );

  it('come before a deploy, and `no` is the answer that nobody gave', async () => {
    typed.write('\n');
    expect(await codeOf(ask(PLAN, 'always'))).to.equal('declined');
    expect(said).to.contain('Deploy hello? (yes/no) [no]: ');
  });

  it('take a yes', async () => {
    typed.write('yes\n');
    expect(await ask(PLAN, 'always')).to.deep.equal([]);
  });

  it('come before a config release only when it loses something, and record what was agreed to', async () => {
    expect(await ask(PLAN, 'destructive')).to.deep.equal([]);
    expect(said).to.equal('');
    typed.write('y\n');
    expect(await ask(LOSES, 'destructive')).to.deep.equal(['data-loss']);
  });

  it('do not come with --yes, which allows no loss', async () => {
    expect(await ask(PLAN, 'always', { yes: true })).to.deep.equal([]);
    expect(await codeOf(ask(LOSES, 'always', { yes: true }))).to.equal('not-allowed');
  });

  it('end with Ctrl-C or the end of the input, and nothing is changed', async () => {
    typed.end();
    expect(await codeOf(ask(PLAN, 'always'))).to.equal('interrupted');
  });

  it('want the name of what is destroyed', async () => {
    typed.write('helo\n');
    expect(await codeOf(confirmName('hello', 'destroying hello', undefined))).to.equal('declined');
    expect(said).to.contain('destroying hello cannot be undone. Type `hello` to go on: ');
  });
});
