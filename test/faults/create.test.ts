import { describeFaults, WORKING } from '../support/faults.js';

describeFaults({ name: 'a first create', files: WORKING, before: [], words: ['deploy', 'demo', '--yes'] });
