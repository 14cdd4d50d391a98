import { readFileSync } from 'node:fs';
import type { Given } from '../model/given.js';

/** Where the CDK CLI wants what an app makes. */
export const cdkOutput = (): string => process.env['CDK_OUTDIR'] || 'cdk.out';

/** A value of `-c name=value` or of `context` in `cdk.json`, as the CDK CLI hands it to an app: in the environment, and what is too long for it in a file. */
export function cdkContext(name: string): Given<string> {
  const long = process.env['CONTEXT_OVERFLOW_LOCATION_ENV'];
  for (const text of [process.env['CDK_CONTEXT_JSON'], long ? readFileSync(long, 'utf8') : undefined]) {
    const value = text ? (JSON.parse(text) as Record<string, unknown>)[name] : undefined;
    if (typeof value === 'string' && value !== '') return { kind: 'given', value };
  }
  return { kind: 'none' };
}
