import type { SecretsWindow } from '../model/windows.js';
import type { Gate } from './gate.js';
import { isRemoved } from './removed.js';
import type { RehearsalState } from './state.js';

/** Every secret is there, unless its name ends in `-missing` or a script removed it. */
export function rehearsedSecrets(gate: Gate): SecretsWindow {
  return { exists: (secret) => gate.call('secrets.exists', ({ state }) => secretExists(state, secret)) };
}

/** By name, by ARN, or by the ARN with key, stage and version that a task definition has. */
export function secretExists(state: RehearsalState, secret: string): boolean {
  const name = secret.startsWith('arn:') ? (secret.split(':')[6] ?? '') : secret;
  // An ARN ends in six random characters, which a name has not.
  const names = [secret, name, name.replace(/-[A-Za-z0-9]{6}$/, '')];
  return !names.some((known) => known.endsWith('-missing') || isRemoved(state, 'secret', known));
}
