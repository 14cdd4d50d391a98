import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BundleName, Bundles } from '../../bin/quick/bundles.js';
import type { CommandTable, Program } from '../../bin/quick/run.js';
import { ROOT } from './repository.js';

/** The bundle that `npm run build` made, as `bin/empire` loads it. */
export interface MainBundle {
  /** Undefined: the line is oclif's. */
  readonly run: (words: readonly string[], program: Program) => Promise<number | undefined>;
  readonly table: CommandTable;
}

const QUICK = join(ROOT, 'dist', 'quick');

const fileOf = (name: BundleName): string =>
  readdirSync(QUICK).find((file) => file.startsWith(`${name}-`) && file.endsWith('.js')) as string;

export const MAIN_FILE = join(QUICK, fileOf('main'));

const bundles = new Bundles(QUICK, { main: fileOf('main'), aws: fileOf('aws'), diff: fileOf('diff') }, []);

export const mainBundle = (): MainBundle => bundles.load('main') as MainBundle;

/** `@aws-cdk/cloudformation-diff` with the types of resources that we make. */
export const diffBundle = (): typeof import('@aws-cdk/cloudformation-diff') =>
  bundles.load('diff') as typeof import('@aws-cdk/cloudformation-diff');
