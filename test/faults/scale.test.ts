import { describeFaults, WORKING } from '../support/faults.js';

describeFaults({
  name: 'a scale',
  files: WORKING,
  before: [['deploy', 'demo', '--yes']],
  words: ['scale', 'worker=2', '-a', 'demo'],
});
