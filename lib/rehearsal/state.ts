import type { ScriptState } from './script-state.js';
import type { ServicesState } from './services/state.js';
import { emptyStacks } from './stacks/state.js';
import type { WorldState } from './world.js';

/** The whole rehearsed account. */
export interface RehearsalState extends WorldState {
  services: ServicesState;
  store: StoreState;
  registry: RegistryState;
  /** SSM parameters that somebody wrote. Their values are not kept: only how often they were written. */
  parameters: Record<string, { version: number }>;
  /** AWS services whose service-linked role was made. */
  serviceRoles: string[];
  script: ScriptState;
}

export interface StoreState {
  /** Bucket → key → object. */
  buckets: Record<string, Record<string, { body: string; etag: string; modifiedAt: number }>>;
}

export interface RegistryState {
  /** How often a tag was moved, by reference. */
  generations: Record<string, number>;
  /** Behaviours that a script gave, by reference; otherwise the end of the tag decides. */
  behaviours: Record<string, ImageBehaviour>;
  /** Templates carry digests, so what a digest was must not be forgotten. */
  digests: Record<string, { reference: string; behaviour: ImageBehaviour }>;
  /** Tags that `keep` made: `repository@digest` → tags. */
  kept: Record<string, string[]>;
}

/** How the containers of an image behave. */
export type ImageBehaviour = 'good' | 'missing' | 'crash' | 'unhealthy' | 'slow' | 'arm64' | 'norelease' | 'private';

export const BEHAVIOURS: readonly ImageBehaviour[] = [
  'good',
  'missing',
  'crash',
  'unhealthy',
  'slow',
  'arm64',
  'norelease',
  'private',
];

/** An account in which only the platform is. */
export function emptyState(now: number): RehearsalState {
  return {
    now,
    stacks: emptyStacks(),
    services: {
      sequence: 0,
      revisions: {},
      definitions: {},
      services: {},
      tasks: {},
      targetGroups: {},
      rules: {},
      schedules: {},
      weights: {},
      runTokens: {},
      streams: {},
    },
    store: { buckets: {} },
    registry: { generations: {}, behaviours: {}, digests: {}, kept: {} },
    parameters: {},
    serviceRoles: [],
    script: { rules: [], removed: [], noCapacity: false },
  };
}
