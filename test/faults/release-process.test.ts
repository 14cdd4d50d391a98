import { describeFaults, WORKING } from '../support/faults.js';

describeFaults({
  name: 'a deploy with a release process',
  files: { ...WORKING, 'apps/demo/Procfile': 'worker: work\nrelease: migrate\n' },
  before: [['deploy', 'demo', '--yes']],
  words: ['deploy', 'example/demo:v2', '--yes'],
});
