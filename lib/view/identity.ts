import { renderColumns } from './columns.js';

/** Who one is, and where. */
export interface Identity {
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  readonly environment: string;
  readonly rehearsed: boolean;
}

export function renderIdentity({ account, region, arn, environment, rehearsed }: Identity): string {
  return renderColumns([
    ['account', account],
    ['region', region],
    ['role', arn],
    ['environment', environment],
    ...(rehearsed ? [['rehearsal', 'nothing is real']] : []),
  ]);
}

/** The role is null for a user or the root of the account. */
export function identityJson({ account, region, arn, environment, rehearsed }: Identity): object {
  const role = /:(?:assumed-)?role\/([^/]+)/.exec(arn)?.[1] ?? null;
  return { account, region, arn, role, environment, rehearsal: rehearsed };
}
