import { describeFaults, WORKING } from '../support/faults.js';

describeFaults({
  name: 'a deploy',
  files: WORKING,
  before: [['deploy', 'demo', '--yes']],
  words: ['deploy', 'example/demo:v2', '--yes'],
});
