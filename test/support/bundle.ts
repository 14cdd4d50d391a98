import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import type { CommandTable, Program } from '../../bin/quick/run.js';
import { ROOT } from './repository.js';

/** The bundle that `npm run build` made, as `bin/empire` loads it. */
export interface MainBundle {
  /** Undefined: the line is oclif's. */
  readonly run: (words: readonly string[], program: Program) => Promise<number | undefined>;
  readonly table: CommandTable;
}

const QUICK = join(ROOT, 'dist', 'quick');

export const MAIN_FILE = join(QUICK, readdirSync(QUICK).find((name) => /^main-[0-9a-f]{16}\.js$/.test(name)) as string);

let loaded: MainBundle | undefined;

export function mainBundle(): MainBundle {
  if (loaded !== undefined) return loaded;
  const module = { exports: {} };
  runInThisContext(readFileSync(MAIN_FILE, 'latin1'))(module.exports, require, module, MAIN_FILE, QUICK);
  loaded = module.exports as MainBundle;
  return loaded;
}
