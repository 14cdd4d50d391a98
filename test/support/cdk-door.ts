import { open } from '../../bin/empire-cdk.js';

open();
