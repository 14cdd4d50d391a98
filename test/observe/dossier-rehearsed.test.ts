import { expect } from 'chai';
import type { App } from '../../lib/model/app.js';
import type { Dossier } from '../../lib/model/release.js';
import { examineFailure, observeProcesses, readServices } from '../../lib/observe/index.js';
import type { Rehearsal } from '../../lib/rehearsal/index.js';
import { app, given, IMAGE, service, web } from '../support/model-apps.js';
import { carryOut, rehearsedAccount, type Update } from '../support/rehearsed-update.js';

const tagged = (tag: string): App =>
  app([web(), service('worker')], { image: { ...IMAGE, kind: 'tagged', tag } as App['image'] });

/** v1 serves; then v2 is tried and fails. */
async function afterGood(tag: string, script = ''): Promise<{ dossier: Dossier; update: Update; rehearsal: Rehearsal }> {
  const rehearsal = rehearsedAccount();
  const first = await carryOut(rehearsal, tagged('v1'), 1);
  expect(first.stack.status).to.equal('CREATE_COMPLETE');
  if (script !== '') rehearsal.script(script, 'script');
  const update = await carryOut(rehearsal, tagged(tag), 2);
  expect(update.stack.status).to.equal('UPDATE_ROLLBACK_COMPLETE');
  return { dossier: await examine(rehearsal, update), update, rehearsal };
}

async function examine(rehearsal: Rehearsal, update: Update): Promise<Dossier> {
  return examineFailure(rehearsal, {
    stack: update.stack.id,
    token: given(update.token),
    since: update.since,
    sourceMap: given(update.sourceMap),
    template: given(update.template),
    services: await readServices(rehearsal, update.stack),
    changes: [],
  });
}

describe('why a rehearsed release failed', () => {
  it('crashed: exit code, and the lines it left', async () => {
    const { dossier } = await afterGood('v2-crash');
    expect(dossier.cause).to.match(/^(web|worker) crashed with exit code 1 \d+ s after its start$/);
    expect(dossier.evidence.map(({ from }) => from)).to.include.members(['cloudformation', 'task', 'log']);
  });

  it('unhealthy: the answer, the path, and what was expected', async () => {
    const { dossier } = await afterGood('v2-unhealthy');
    expect(dossier.cause).to.equal('web answers its health check with 503 on /; 200-499 was expected');
    expect(dossier.process).to.deep.equal(given('web'));
  });

  it('arm64: not built for the processors', async () => {
    const { dossier } = await afterGood('v2-arm64');
    expect(dossier.cause).to.match(/^the image of (web|worker) is not built for x86_64$/);
  });

  it('an image that went away after it was pinned', async () => {
    const rehearsal = rehearsedAccount();
    await carryOut(rehearsal, tagged('v1'), 1);
    const answer = await rehearsal.registry.resolve(tagged('v2').image);
    const digest = answer.kind === 'found' ? answer.digest : '';
    rehearsal.script(`{"remove": "image", "name": "${digest}"}`, 'script');
    const gone = app([web(), service('worker')], {
      image: { ...IMAGE, kind: 'pinned', tag: given('v2'), digest } as App['image'],
    });
    const { evidence, cause } = await examine(rehearsal, await carryOutPinned(rehearsal, gone));
    expect(cause).to.match(/^the image of (web|worker) \(remind101\/acme-inc@sha256:[0-9a-f]+\) cannot be pulled: /);
    expect(evidence.map(({ from }) => from)).to.include('task');
  });

  it('a resource that CloudFormation could not change', async () => {
    const script = '{"fail": "update", "resource": "WorkerService", "reason": "Rate exceeded"}';
    const { dossier } = await afterGood('v2', script);
    expect(dossier.cause).to.contain('WorkerService');
    expect(dossier.process).to.deep.equal(given('worker'));
  });

  it('of a first release, whose stack was undone', async () => {
    const rehearsal = rehearsedAccount();
    const update = await carryOut(rehearsal, tagged('v1-crash'), 1);
    expect(update.stack.status).to.equal('ROLLBACK_COMPLETE');
    const { cause, evidence } = await examine(rehearsal, update);
    expect(cause).to.match(/^(web|worker) crashed with exit code 1 /);
    expect(evidence.map(({ from }) => from)).to.include('log');
  });
});

describe('how far a rehearsed process is', () => {
  it('is done when everything serves', async () => {
    const rehearsal = rehearsedAccount();
    const { stack } = await carryOut(rehearsal, tagged('v1'), 1);
    const services = await readServices(rehearsal, stack);
    expect(Object.keys(services.services)).to.deep.equal(['web', 'worker']);
    const processes = await observeProcesses(rehearsal, services);
    expect(processes.map(({ name, done, next }) => [name, done, next.healthy])).to.deep.equal([
      ['web', true, 1],
      ['worker', true, 1],
    ]);
  });
});

/** The registry no longer knows the digest, so it is not asked. */
async function carryOutPinned(rehearsal: Rehearsal, pinned: App): Promise<Update> {
  const registry = { ...rehearsal.registry, resolve: async () => ({ kind: 'denied' as const, reason: 'not asked' }) };
  return carryOut({ ...rehearsal, registry } as Rehearsal, pinned, 2);
}
