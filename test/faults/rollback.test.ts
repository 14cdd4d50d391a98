import { describeFaults, WORKING } from '../support/faults.js';

describeFaults({
  name: 'a rollback',
  files: WORKING,
  before: [
    ['deploy', 'demo', '--yes'],
    ['deploy', 'example/demo:v2', '--yes'],
  ],
  words: ['rollback', 'v1', '-a', 'demo'],
});
