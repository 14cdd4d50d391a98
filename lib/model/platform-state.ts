import type { Given } from './given.js';
import type { StackStatus } from './windows.js';

/** How the platform of one environment is. */
export type PlatformState =
  /** `stack`: none when apps find a platform that no stack of ours made. */
  | {
      readonly kind: 'there';
      readonly account: string;
      readonly region: string;
      readonly stack: Given<{ readonly status: StackStatus; readonly changedAt: number }>;
      readonly apps: readonly string[];
    }
  | { readonly kind: 'absent'; readonly account: string; readonly region: string }
  /** Its file was refused, or its account could not be asked. */
  | { readonly kind: 'unknown'; readonly why: string };
