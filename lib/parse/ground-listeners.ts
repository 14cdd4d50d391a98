import type { PlatformValue } from './platform-read.js';
import { splitPair } from './platform-values.js';

/** One listener of an existing load balancer. */
export interface WrittenListener {
  readonly port: string;
  readonly arn: string;
  /** ARN of the load balancer that it belongs to. */
  readonly balancer: string;
}

/** `80=arn:…:listener/app/name/0123/4567`, by port. */
export function listenersOf(written: PlatformValue | undefined): WrittenListener[] {
  const listeners = (written?.items ?? []).map(splitPair).map(([port, arn]) => ({ port, arn, balancer: balancerArn(arn) }));
  return listeners.sort((a, b) => Number(a.port) - Number(b.port));
}

const balancerArn = (listener: string): string =>
  listener.replace(/:listener\/(app\/[^/]+\/[^/]+)\/[^/]+$/, (_, name: string) => `:loadbalancer/${name}`);
