import { expect } from 'chai';
import { appStackResources } from '../../constructs/app-stack/resources.js';
import { logicalId } from '../../constructs/resource.js';
import { app, LARGE, PLATFORM, service, web } from '../support/model-apps.js';
import { ServiceSpec } from '../support/service-spec.js';

describe('the stack of an app', () => {
  it('keeps what is not in the directory in parameters', () => {
    const { parameters } = appStackResources(app([web(), service('worker')]), PLATFORM, []);
    const defaults = parameters.map(({ id, default: value }) => `${id}=${value}`);
    expect(defaults.slice(0, 3)).to.deep.equal(['Release=none', 'WebRestart=none', 'WorkerRestart=none']);
    expect(defaults).to.include('PlatformVpcId=/empire/default/vpc-id');
  });

  it('says where things are', () => {
    const { outputs } = appStackResources(app([web(), service('worker')]), PLATFORM, []);
    expect(outputs.map(({ id }) => id)).to.deep.equal([
      'Release',
      'Services',
      'TaskDefinitions',
      'Url',
      'PrivateName',
      'LogGroup',
      'SecurityGroup',
    ]);
    expect(outputs[1]?.value).to.deep.equal({ 'Fn::Sub': `web=\${WebService},worker=\${WorkerService}` });
    expect(appStackResources(app([]), PLATFORM, []).outputs.map(({ id }) => id)).to.deep.equal(['Release', 'LogGroup']);
  });

  it('keeps the log group when the app goes', () => {
    const [logs] = appStackResources(app([]), PLATFORM, []).resources;
    expect(logs?.removal).to.equal('retain');
    expect(logs?.properties['LogGroupName']).to.equal('/empire/default/acme-inc');
  });

  it('names things with one capital for the process', () => {
    expect(logicalId('web-public')).to.equal('Webpublic');
    expect(logicalId('a_b')).to.equal('Ab');
  });

  it('has only what AWS knows', () => {
    const spec = new ServiceSpec();
    const { resources } = appStackResources(LARGE, PLATFORM, []);
    const faults = resources.flatMap(({ id, type, properties }) =>
      spec.faults(type, properties).map((fault) => `${id}: ${fault}`),
    );
    expect(faults).to.deep.equal([]);
  });
});
