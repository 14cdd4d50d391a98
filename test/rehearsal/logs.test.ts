import { expect } from 'chai';
import { balanced, RehearsedServices } from '../support/rehearsed-services.js';

const GROUP = '/empire/default/acme';

/** A service of one task, steady, and the stream of that task. */
function serving(image: string): { account: RehearsedServices; stream: string } {
  const account = new RehearsedServices();
  const arn = account.create(balanced(account.register('web', image), 1));
  account.settle(arn);
  const [id] = Object.values(account.world.state.services.tasks).map((task) => task.id);
  return { account, stream: `web/web/${id}` };
}

describe('rehearsed logs', () => {
  it('writes while the service runs, the same lines for whoever reads', async () => {
    const { account, stream } = serving('acme:v1');
    const { logs } = account.rehearsal;
    const begin = await logs.read({ group: GROUP, stream, from: { kind: 'start' } });
    expect(begin.lines.map(({ text }) => text).slice(0, 2)).to.deep.equal(['starting bin/web', 'listening on port 8080']);
    expect(begin.token.kind).to.equal('given');
    const token = begin.token.kind === 'given' ? begin.token.value : '';
    account.wait(60);
    const next = await logs.read({ group: GROUP, stream, from: { kind: 'token', token } });
    expect(next.lines.length).to.be.within(4, 14);
    for (const { text } of next.lines) expect(text).to.match(/^GET \/\S* 200 \d+ ms$/);
    const all = await logs.read({ group: GROUP, stream, from: { kind: 'start' } });
    expect(all.lines).to.deep.equal([...begin.lines, ...next.lines]);
    expect(all.lines.map(({ at }) => at)).to.deep.equal(all.lines.map(({ at }) => at).sort((a, b) => a - b));
    const last = await logs.read({ group: GROUP, stream, from: { kind: 'last', lines: 3 } });
    expect(last.lines).to.deep.equal(all.lines.slice(-3));
  });

  it('ends with the task', async () => {
    const { account, stream } = serving('acme:v1-crash');
    account.wait(3600);
    const { lines } = await account.rehearsal.logs.read({ group: GROUP, stream, from: { kind: 'start' } });
    expect(lines.map(({ text }) => text)).to.deep.equal([
      'starting bin/web',
      'connecting to the database',
      'Error: cannot connect to the database',
    ]);
  });

  it('has no lines of what is not there', async () => {
    const { rehearsal } = new RehearsedServices();
    const none = await rehearsal.logs.read({ group: 'none', stream: 'none', from: { kind: 'start' } });
    expect(none).to.deep.equal({ lines: [], token: { kind: 'none' } });
  });
});
