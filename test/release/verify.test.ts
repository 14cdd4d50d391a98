import { expect } from 'chai';
import type { ServiceState, Windows } from '../../lib/model/windows.js';
import { EngineApp } from '../support/engine-app.js';

/** ECS answers as if it had gone back to revision 1 of web. */
function wentBack(app: EngineApp, rollout: 'COMPLETED' | 'FAILED' = 'COMPLETED'): Windows {
  const { services } = app.rehearsal;
  const back = (service: ServiceState): ServiceState =>
    service.taskDefinition.includes('_web:')
      ? {
          ...service,
          deployments: service.deployments.map((deployment) => ({
            ...deployment,
            rollout,
            taskDefinition: deployment.taskDefinition.replace(/:[0-9]+$/, rollout === 'FAILED' ? ':2' : ':1'),
          })),
        }
      : service;
  return {
    ...app.rehearsal,
    services: { ...services, services: async (...query) => (await services.services(...query)).map(back) },
  };
}

const V2 = { image: 'remind101/acme-inc:v2\n' };

describe('a stack that says complete', () => {
  it('while ECS went back is a failed release', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const record = await app.deploy(V2, {}, app.engine(wentBack(app)));
    expect(record.status).to.equal('failed');
    expect(record.summary).to.equal('CloudFormation says complete, but of web ECS went back to empire-acme-inc_web:1');
    expect(await app.stack()).to.deep.equal({ status: 'UPDATE_COMPLETE', release: 'v2' });
  });

  it('while a deployment failed is a failed release', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const record = await app.deploy(V2, {}, app.engine(wentBack(app, 'FAILED')));
    expect(record.status).to.equal('failed');
    expect(record.summary).to.match(/^CloudFormation says complete, but of web its deployment failed/);
  });

  it('and is not is forced by the next release, and adopted by none', async () => {
    const app = new EngineApp();
    await app.deploy({});
    await app.deploy(V2, {}, app.engine(wentBack(app)));
    const record = await app.deploy(V2);
    expect([record.number, record.status]).to.deep.equal([3, 'succeeded']);
    const stack = await app.rehearsal.stacks.describe('empire-acme-inc');
    const restart = stack.kind === 'given' ? stack.value.parameters.find(({ name }) => name === 'WebRestart') : undefined;
    expect(restart?.value).to.equal('forced-v3');
    expect((await app.records()).map(({ reason, status }) => `${reason.kind} ${status}`)).to.deep.equal([
      'deploy succeeded',
      'deploy failed',
      'deploy succeeded',
    ]);
  });
});
