import type { Platform } from '../../model/platform.js';
import { parseFolder } from '../../parse/folder.js';
import { openFolder } from '../../pipeline.js';
import type { Repository } from '../../windows/working-directory.js';
import { chooseEnvironment, chooseRepository } from './choose.js';
import type { SharedFlags } from './flags.js';
import { Refusal } from './refusal.js';

/** An environment as its platform file says it, without any app. */
export interface LocalEnvironment {
  readonly repository: Repository;
  readonly environment: string;
  readonly platform: Platform;
}

/** For commands that ask about an environment and not about an app. */
export function openEnvironment(flags: SharedFlags): LocalEnvironment {
  const repository = chooseRepository(flags);
  const environment = chooseEnvironment(flags);
  const folder = openFolder({ ...repository, environment, only: { kind: 'given', value: [] } });
  const parsed = parseFolder(folder, environment, { kind: 'given', value: [] });
  if (parsed.platform.kind === 'none') throw new Refusal(parsed.problems);
  return { repository, environment, platform: parsed.platform.value };
}
