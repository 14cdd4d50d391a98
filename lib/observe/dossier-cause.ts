/** The classes of failure that we know a way out of. */
export type CauseKind =
  | 'image-not-pulled'
  | 'image-architecture'
  | 'secret-denied'
  | 'secret-missing'
  | 'task-not-started'
  | 'crashed'
  | 'ended'
  | 'out-of-memory'
  | 'health-answer'
  | 'not-listening'
  | 'container-health'
  | 'no-capacity'
  | 'spot'
  | 'permission-denied'
  | 'quota'
  | 'certificate'
  | 'name-taken'
  | 'throttled'
  | 'bad-parameter'
  | 'too-slow'
  | 'unknown';

/** One sentence and what to do about it. */
export interface Cause {
  readonly kind: CauseKind;
  readonly text: string;
  readonly advice: readonly string[];
}

/** Facts about the process that words are made of. */
export interface CauseSubject {
  /** `web`, or `the release process`. */
  readonly process: string;
  /** `remind101/acme-inc@sha256:…`; empty when it is not known. */
  readonly image: string;
  /** CPU units; 0 when not known. */
  readonly cpu: number;
  /** MiB; 0 when not known. */
  readonly memoryMiB: number;
  readonly architecture: string;
  /** Of its load balancer. Empty path: a TCP connection, or none. */
  readonly health: { readonly path: string; readonly codes: string };
  /** Container port. 0: none known. */
  readonly port: number;
}

export const cause = (kind: CauseKind, text: string, ...advice: string[]): Cause => ({ kind, text, advice });

/** How telling a class is, so that of two processes that failed the one that explains itself is shown. */
export const isTelling = ({ kind }: Cause): boolean => kind !== 'unknown' && kind !== 'too-slow';
