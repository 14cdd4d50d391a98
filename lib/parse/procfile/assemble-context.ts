import type { Capacity } from '../../model/app.js';
import type { Given } from '../../model/given.js';
import type { Platform } from '../../model/platform.js';
import type { Problems } from '../../problems.js';
import type { DomainEntry } from '../domains.js';
import type { OriginsBuilder } from '../origins.js';
import type { ResolvedScale, ScaleEntry } from '../scale.js';
import type { WrittenProcess } from './written-process.js';

export interface AssembleInput {
  readonly written: readonly WrittenProcess[];
  readonly scale: ResolvedScale;
  readonly domains: readonly DomainEntry[];
  readonly platform: Platform;
  readonly origins: OriginsBuilder;
  readonly problems: Problems;
}

export type Kind = 'service' | 'cron' | 'run-only' | 'release';

/** Everything the rules about one process look at. */
export interface Draft {
  readonly process: WrittenProcess;
  readonly kind: Kind;
  readonly scale: Given<ScaleEntry>;
  /** Only those that name this process. */
  readonly domains: readonly DomainEntry[];
  readonly capacity: Capacity;
  readonly platform: Platform;
  readonly problems: Problems;
}

export function kindOf({ name, keys }: WrittenProcess): Kind {
  if (name === 'release') return 'release';
  if (keys.cron !== undefined) return 'cron';
  return keys.noservice?.value === true ? 'run-only' : 'service';
}

export const given = <T>(value: T | undefined): Given<T> => (value === undefined ? { kind: 'none' } : { kind: 'given', value });

export const isOff = ({ scale }: Draft): boolean =>
  scale.kind === 'given' && scale.value.count.kind === 'given' && scale.value.count.value.value.kind === 'off';
