import type { IdentityWindow } from '../model/windows.js';
import type { Gate } from './gate.js';

/** The caller is an assumed role named after the person, as with single sign-on. */
export function rehearsedIdentity(gate: Gate, person: string): IdentityWindow {
  return {
    caller: () =>
      gate.call('identity.caller', ({ account, region, partition }) => ({
        account,
        arn: `arn:${partition}:sts::${account}:assumed-role/rehearsal/${person}`,
        region,
        partition,
      })),
  };
}
