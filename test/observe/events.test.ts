import { expect } from 'chai';
import type { StackState } from '../../lib/model/windows.js';
import { readCertificates, readEvents } from '../../lib/observe/index.js';
import { given, NONE } from '../support/model-apps.js';
import { AT, event, RESOURCES, recordedWindows, service } from '../support/recorded.js';

const STACK = { id: 'arn:stack', name: 'empire-acme-inc', parameters: [] } as unknown as StackState;
const MAP = {
  stack: 'empire-acme-inc',
  resources: { WebService: { type: 'AWS::ECS::Service', from: ['default', 'apps/acme-inc/Procfile:1:1'], properties: {} } },
};
const ECS = [
  { id: '2', at: AT + 20_000, message: '(service empire-web) has reached a steady state.' },
  { id: '1', at: AT + 10_000, message: '(service empire-web) was unable to place a task.' },
];
const CFN = [
  event(5, 'WebService', 'AWS::ECS::Service', 'UPDATE_IN_PROGRESS'),
  event(
    15,
    'WebService',
    'AWS::ECS::Service',
    'UPDATE_FAILED',
    'Resource handler returned message: "no" (RequestToken: 1, HandlerErrorCode: X)',
  ),
  event(16, 'empire-acme-inc', 'AWS::CloudFormation::Stack', 'UPDATE_ROLLBACK_IN_PROGRESS'),
];

describe('the events of an app', () => {
  const windows = recordedWindows({ events: CFN, services: [service({ events: ECS })] });
  const read = (limit: number) => readEvents(windows, STACK, { limit, sourceMap: given(MAP) });

  it('are those of CloudFormation and ECS, merged by time', async () => {
    const events = await read(50);
    expect(events.map(({ at, from, status, text }) => `${(at - AT) / 1000} ${from} ${status}${text}`)).to.deep.equal([
      '5 cloudformation UPDATE_IN_PROGRESS',
      '10 ecs was unable to place a task',
      '15 cloudformation UPDATE_FAILEDno',
      '16 cloudformation UPDATE_ROLLBACK_IN_PROGRESS',
      '20 ecs has reached a steady state',
    ]);
    expect(events.map(({ bad }) => bad)).to.deep.equal([false, true, true, true, false]);
  });

  it('name the line that somebody wrote, also for the service behind an ARN', async () => {
    const events = await read(50);
    expect(events.map(({ resource }) => resource)).to.deep.equal([
      'WebService',
      'WebService',
      'WebService',
      'empire-acme-inc',
      'WebService',
    ]);
    expect(events[1]?.place).to.deep.equal(given('apps/acme-inc/Procfile:1:1'));
    expect(events[3]?.place).to.deep.equal(NONE);
  });

  it('are at most as many as asked, the newest', async () => {
    expect((await read(2)).map(({ at }) => (at - AT) / 1000)).to.deep.equal([16, 20]);
  });
});

describe('the certificates of an app', () => {
  const made = 'arn:aws:acm:us-east-1:123456789012:certificate/made';
  const written = 'arn:aws:acm:us-east-1:123456789012:certificate/written';

  it('are those the stack made and those its template names, each once', async () => {
    const asked: string[] = [];
    const certificates = {
      describe: async (arn: string) => {
        asked.push(arn);
        return arn === made ? given({ status: 'ISSUED', names: ['a.example.com'] }) : NONE;
      },
    };
    const template = {
      Resources: { L: { Properties: { Certificates: [{ CertificateArn: written }, { CertificateArn: written }] } } },
    };
    const resource = {
      id: 'C',
      type: 'AWS::CertificateManager::Certificate',
      physicalId: given(made),
      status: 'CREATE_COMPLETE',
      reason: NONE,
    };
    const gone = { ...resource, id: 'D', physicalId: given(`${made}-2`), status: 'DELETE_COMPLETE' };
    const found = await readCertificates({ certificates }, template, [...RESOURCES, resource, gone]);
    expect(asked.sort()).to.deep.equal([made, written]);
    expect(found).to.deep.equal([
      { arn: made, status: 'ISSUED', names: ['a.example.com'] },
      { arn: written, status: 'gone', names: [] },
    ]);
  });
});
