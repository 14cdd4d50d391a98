import { expect } from 'chai';
import { imagesOfTemplate, processesOfTemplate } from '../../lib/release/released-processes.js';
import { compileFiles } from '../support/planned.js';

const PROCFILE = `web: bin/web
worker: bin/worker now
release: bin/migrate
nightly:
  command: bin/nightly
  cron: "0 3 * * *"
`;
const { text } = compileFiles({ image: 'acme/app:v1\n', Procfile: PROCFILE, scale: 'web=2-5\nworker=3:256:512mb\nnightly=0\n' });

describe('what a template says of its processes', () => {
  it('is their kind, count and command', () => {
    const found = processesOfTemplate(text, []).map(({ name, kind, count, command }) => [name, kind, count, command.join(' ')]);
    expect(found.sort()).to.deep.equal([
      ['nightly', 'cron', '0', 'bin/nightly'],
      ['release', 'release', '', 'bin/migrate'],
      ['web', 'service', '2-5', 'bin/web'],
      ['worker', 'service', '3', 'bin/worker now'],
    ]);
  });

  it('is the size, by the name it had where that is known', () => {
    const [worker] = processesOfTemplate(text, []).filter(({ name }) => name === 'worker');
    expect(worker?.size).to.deep.equal({ cpu: 256, memoryMiB: 512, nproc: 0, name: '256:512.00mb' });
    const known = [
      { name: 'worker', kind: 'service', count: '1', size: { cpu: 1, memoryMiB: 2, nproc: 3, name: '1X' }, command: [] },
    ] as const;
    expect(processesOfTemplate(text, known).find(({ name }) => name === 'worker')?.size.name).to.equal('1X');
  });

  it('are the images, with the reference they were pinned from where that is known', () => {
    const known = { reference: 'acme/app:latest', pinned: 'acme/app:v1', digest: 'sha256:1' };
    expect(imagesOfTemplate(text, [known])).to.deep.equal([known]);
    expect(imagesOfTemplate(text, [])).to.deep.equal([{ reference: 'acme/app:v1', pinned: 'acme/app:v1', digest: '' }]);
  });

  it('is what was known before when it is not JSON', () => {
    expect(imagesOfTemplate('Resources: {}', [])).to.deep.equal([]);
    expect(processesOfTemplate('Resources: {}', processesOfTemplate(text, []))).to.deep.equal(processesOfTemplate(text, []));
  });
});
