import { open } from '../../bin/empire.js';

open();
