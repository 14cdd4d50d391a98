import { expect } from 'chai';
import type { Windows } from '../../lib/model/windows.js';
import { openAws } from '../../lib/windows/aws/index.js';
import { installCommand } from '../../lib/windows/session-plugin.js';
import { type Answers, type Scripted, startAnswers } from '../support/answers.js';
import { BARE_AWS, setEnvironment } from '../support/environment.js';

const NONE = { kind: 'none' } as const;
const given = <T>(value: T) => ({ kind: 'given', value }) as const;

/** What moto cannot answer, or cannot be seen to be asked. */
describe('a log group and ECS Exec, as AWS answers', () => {
  let server: Answers;
  let windows: Windows;
  let restore = (): void => undefined;

  before(async () => {
    server = await startAnswers();
    restore = setEnvironment({ ...BARE_AWS, AWS_MAX_ATTEMPTS: '1' });
  });
  beforeEach(() => {
    windows = openAws({ region: given('us-east-1'), profile: NONE, endpoint: given(server.url) });
  });
  after(async () => {
    restore();
    await server.stop();
  });

  const answer = (status: number, body: object): Scripted => ({
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  });
  const asked = () => server.asked.map(({ body }) => JSON.parse(body));
  const exec = () => windows.services.execute({ cluster: 'c', task: 'arn:x:task/c/t1', container: 'web', command: 'sh' });

  it('gives a page of lines by their time, with what tells them apart and when they arrived', async () => {
    const event = { logStreamName: 'web/web/1', message: 'x\n' };
    const events = [
      { ...event, eventId: '2', timestamp: 20, ingestionTime: 25 },
      { ...event, eventId: '1', timestamp: 10 },
    ];
    server.answer(() => answer(200, { events, nextToken: 'n' }));
    const page = await windows.logs.filter({ group: 'g', prefix: 'web', from: 5, token: given('t') });
    expect(page).to.deep.equal({
      kind: 'page',
      token: given('n'),
      lines: [
        { id: '1', stream: 'web/web/1', at: 10, arrivedAt: 10, text: 'x' },
        { id: '2', stream: 'web/web/1', at: 20, arrivedAt: 25, text: 'x' },
      ],
    });
    expect(asked()).to.deep.equal([{ logGroupName: 'g', logStreamNamePrefix: 'web', startTime: 5, nextToken: 't' }]);
  });

  it('tells a group that is not there from one without lines', async () => {
    server.answer(() => answer(200, {}));
    const query = { group: 'g', prefix: '', from: 5, token: NONE };
    expect(await windows.logs.filter(query)).to.deep.equal({ kind: 'page', lines: [], token: NONE });
    expect(asked()).to.deep.equal([{ logGroupName: 'g', startTime: 5 }]);
    server.answer(() => answer(400, { __type: 'ResourceNotFoundException', message: 'The specified log group does not exist.' }));
    expect(await windows.logs.filter(query)).to.deep.equal({ kind: 'missing' });
  });

  it('gives what the plugin needs to enter a container', async () => {
    server.answer(({ headers }) =>
      String(headers['x-amz-target']).endsWith('ExecuteCommand')
        ? answer(200, { session: { sessionId: 's', streamUrl: 'wss://x', tokenValue: 'secret' } })
        : answer(200, { tasks: [{ containers: [{ name: 'web', runtimeId: 't1-99' }] }] }),
    );
    expect(await exec()).to.deep.equal({
      kind: 'session',
      session: { id: 's', url: 'wss://x', token: 'secret', target: 'ecs:c_t1_t1-99', region: 'us-east-1' },
    });
    expect(asked()[0]).to.deep.equal({
      cluster: 'c',
      task: 'arn:x:task/c/t1',
      container: 'web',
      command: 'sh',
      interactive: true,
    });
  });

  it('tells why a container cannot be entered', async () => {
    const rows = [
      [
        'off',
        'InvalidParameterException',
        'The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.',
      ],
      ['not-ready', 'TargetNotConnectedException', 'The execute command failed due to an internal error. Try again later.'],
      ['gone', 'InvalidParameterException', 'The referenced task was not found.'],
    ] as const;
    const answers = (refusal: object, enableExecuteCommand: boolean) =>
      server.answer(({ headers }) =>
        String(headers['x-amz-target']).endsWith('ExecuteCommand')
          ? answer(400, refusal)
          : answer(200, { tasks: [{ enableExecuteCommand }] }),
      );
    for (const [kind, __type, message] of rows) {
      answers({ __type, message }, false);
      expect(await exec()).to.deep.equal({ kind, reason: message });
    }
    const [[, __type, message]] = rows;
    answers({ __type, message }, true);
    expect(await exec(), 'where it is allowed, the agent has not started yet').to.deep.equal({
      kind: 'not-ready',
      reason: message,
    });
  });

  it('knows how the plugin is installed on each system', () => {
    expect(installCommand('darwin', 'arm64')).to.equal('`brew install --cask session-manager-plugin`');
    expect(installCommand('linux', 'arm64')).to.contain('ubuntu_arm64/session-manager-plugin.deb');
    expect(installCommand('linux', 'x64')).to.contain('ubuntu_64bit/session-manager-plugin.deb');
    expect(installCommand('win32', 'x64')).to.match(/SessionManagerPluginSetup\.exe$/);
  });
});
