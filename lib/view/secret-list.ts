import type { Secret } from '../model/app.js';
import type { CheckResult } from '../model/check.js';
import { renderColumns } from './columns.js';
import { renderSecretReference } from './values.js';

/** A reference and where it was written: never a value. */
export interface ListedSecret {
  readonly secret: Secret;
  /** `apps/acme-inc/secrets:2:1`. */
  readonly place: string;
}

export function renderSecrets(secrets: readonly ListedSecret[]): string {
  return renderColumns(secrets.map(({ secret, place }) => [secret.name, renderSecretReference(secret.reference), place]));
}

export function secretsJson(app: string, secrets: readonly ListedSecret[]): object {
  return {
    app,
    secrets: secrets.map(({ secret, place }) => ({
      name: secret.name,
      reference: renderSecretReference(secret.reference),
      place: place === '' ? null : place,
    })),
  };
}

/** `OK    DATABASE_URL  ssm:/empire/…`, and under a NO what to do. */
export function renderSecretChecks(results: readonly CheckResult[]): string {
  const width = Math.max(0, ...results.map(({ subject }) => subject.length));
  return results
    .map(({ answer, subject, text, hint }) => {
      const line = `${answer.padEnd(4)}  ${subject.padEnd(width)}  ${text}\n`;
      return hint === '' ? line : `${line}${' '.repeat(width + 8)}hint: ${hint}\n`;
    })
    .join('');
}
