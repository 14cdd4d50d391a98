import { expect } from 'chai';
import { forcedResources, formatForced } from '../../lib/release/forced-resources.js';
import { factsNeeded, type SubmittedInput, submittedTemplate } from '../../lib/release/submitted-template.js';
import { NO_FACTS } from '../../lib/release/template-rewrites.js';
import { EngineApp } from '../support/engine-app.js';
import { ACME, compileFiles, type Files } from '../support/planned.js';

const text = (files: Files): string => compileFiles({ ...ACME, ...files }).text;
const AUTOSCALED = { scale: 'web=3-6\nworker=1\n' };

function submitted(input: Partial<SubmittedInput> & Pick<SubmittedInput, 'next'>) {
  const all = { running: undefined, base: undefined, facts: NO_FACTS, parameters: [], forced: [], release: 'v2', ...input };
  const result = submittedTemplate(all);
  return { ...result, resources: JSON.parse(result.text).Resources };
}

describe('the template of one update', () => {
  it('is the compiled one, byte for byte, when nothing is to be rewritten', () => {
    const next = text({});
    expect(submitted({ next })).to.include({ text: next });
    expect(submitted({ next, running: text({ env: 'A=1\n' }) })).to.include({ text: next });
  });

  it('starts a new autoscaled service at its minimum', () => {
    const { resources, rewritten } = submitted({ next: text(AUTOSCALED) });
    expect(resources.WebService.Properties.DesiredCount).to.equal(3);
    expect(rewritten).to.deep.equal(['WebService']);
  });

  it('lifts a service that is below its minimum, and leaves one that is above', () => {
    const input = { next: text(AUTOSCALED), running: text({ scale: 'web=1\nworker=1\n' }) };
    expect(factsNeeded(input.next, input.running)).to.deep.equal({ services: ['WebService'], rules: [] });
    const below = submitted({ ...input, facts: { desired: { WebService: 1 }, weights: {} } });
    expect(below.resources.WebService.Properties.DesiredCount).to.equal(3);
    const above = submitted({ ...input, facts: { desired: { WebService: 5 }, weights: {} } });
    expect(above.resources.WebService.Properties).to.not.have.property('DesiredCount');
  });

  it('keeps what was written for one update in a service that this one does not touch', () => {
    const compiled = text(AUTOSCALED);
    const first = submitted({ next: compiled }).text;
    const facts = { desired: { WebService: 5 }, weights: {} };
    const base = { compiled, submitted: first };
    const other = { ...AUTOSCALED, Procfile: 'web: acme-inc server\nworker: acme-inc worker --fast\n' };
    const untouched = submitted({ next: text(other), running: first, base, facts });
    expect(untouched.resources.WebService.Properties.DesiredCount).to.equal(3);
    const next = text({ ...AUTOSCALED, image: 'remind101/acme-inc:v2\n' });
    const touched = submitted({ next, running: first, base, facts });
    expect(touched.resources.WebService.Properties).to.not.have.property('DesiredCount');
    const restarted = submitted({ next: compiled, running: first, base, facts, parameters: ['WebRestart'] });
    expect(restarted.resources.WebService.Properties).to.not.have.property('DesiredCount');
  });

  it('switches early success off when the release removes what draining tasks stand on', () => {
    const platform = 'EARLY_SUCCESS=true\n';
    const running = text({ platform });
    const next = text({ platform, Procfile: 'web: {command: acme-inc server, ports: []}\nworker: acme-inc worker\n' });
    const criteria = (resources: Record<string, { Properties: { DeploymentConfiguration: { EarlySuccessCriteria: object } } }>) =>
      resources['WebService']?.Properties.DeploymentConfiguration.EarlySuccessCriteria;
    expect(criteria(submitted({ next: running }).resources)).to.have.property('Enable', true);
    expect(criteria(submitted({ next, running }).resources)).to.have.property('Enable', false);
  });

  it('writes the live weights into a traffic-shifting rule that changes, and into no other', () => {
    const procfile = (percent: number) =>
      `web:\n  command: acme-inc server\n  deploy: {strategy: canary, percent: ${percent}}\nworker: acme-inc worker\n`;
    const running = text({ Procfile: procfile(10) });
    const next = running.replace('"Priority"', '"Changed": true, "Priority"');
    const { rules } = factsNeeded(next, running);
    expect(rules).to.have.length(1);
    expect(factsNeeded(running, running).rules).to.deep.equal([]);
    expect(factsNeeded(running.replace('"HealthCheckPath": "/"', '"HealthCheckPath": "/up"'), running).rules).to.have.length(2);
    const [rule] = rules as [string];
    const facts = { desired: {}, weights: { [rule]: { WebTargetGroup: 0, WebTargetGroupAlternate: 100 } } };
    const { resources, rewritten } = submitted({ next, running, facts });
    const weights = resources[rule].Properties.Actions[0].ForwardConfig.TargetGroups.map(
      (group: { Weight: number }) => group.Weight,
    );
    expect(weights).to.deep.equal([0, 100]);
    expect(rewritten).to.deep.equal([rule]);
  });

  it('makes forced resources differ, harmlessly', () => {
    const next = text({});
    const forced = ['AppPrivateRecord', 'WebTargetGroup', 'WebService'];
    const { resources } = submitted({ next, running: next, forced });
    expect(resources.AppPrivateRecord.Properties.Comment).to.equal('forced by v2');
    expect(resources.WebTargetGroup.Properties.Tags).to.deep.include({ Key: 'empire:forced', Value: 'v2' });
    expect(resources.WebService).to.deep.equal(JSON.parse(next).Resources.WebService);
  });
});

describe('what must be forced', () => {
  it('is what the records since the last success say', () => {
    const failed = (...resources: string[]) => ({ status: 'failed' as const, notes: ['other', formatForced(resources)] });
    const succeeded = { ...failed('C'), status: 'succeeded' as const };
    expect(forcedResources([failed('B', 'A'), failed('D'), succeeded, failed('E')])).to.deep.equal(['A', 'B', 'D']);
  });
});

describe('an autoscaled service', () => {
  it('starts at its minimum, and a later release does not reset what autoscaling decided', async () => {
    const app = new EngineApp();
    const first = await app.deploy(AUTOSCALED);
    expect(await app.tasks('web')).to.have.length(3);
    expect(first.content.submitted).to.not.deep.equal({ kind: 'given', value: first.content.template });
    const web = await app.tasks('web');
    const other = { ...AUTOSCALED, Procfile: 'web: acme-inc server\nworker: acme-inc worker --fast\n' };
    expect((await app.deploy(other)).status).to.equal('succeeded');
    expect(await app.tasks('web')).to.deep.equal(web);
    expect((await app.records()).map(({ reason }) => reason.kind)).to.deep.equal(['deploy', 'deploy']);
  });
});
