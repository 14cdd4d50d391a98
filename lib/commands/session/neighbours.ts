import type { Given } from '../../model/given.js';
import type { ParsedFolder } from '../../parse/folder.js';
import { readParsed } from '../../pipeline.js';
import type { Repository } from '../../windows/working-directory.js';
import { chooseEnvironment, chooseRepository } from './choose.js';
import type { SharedFlags } from './flags.js';

/** Apps that were asked for, and the others of the folder as far as they could be read. */
export interface Neighbours {
  readonly only: Given<readonly string[]>;
  /** Problems of the apps that were asked for alone, or of all when none was. */
  readonly parsed: ParsedFolder;
}

/** Reads the whole folder around some apps: what is wrong in another app does not stop the picture of this one. */
export function readNeighbours(flags: SharedFlags, choose: (repository: Repository) => Given<readonly string[]>): Neighbours {
  const repository = chooseRepository(flags);
  const question = { ...repository, environment: chooseEnvironment(flags) };
  const only = choose(repository);
  const asked = readParsed({ ...question, only });
  if (only.kind === 'none' || asked.platform.kind === 'none') return { only, parsed: asked };
  const whole = readParsed({ ...question, only: { kind: 'none' } });
  return { only, parsed: { ...whole, problems: asked.problems } };
}
