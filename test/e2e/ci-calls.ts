import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/repository.js';

/** A call that a pipeline made, as IAM sees it. Ids that are others each time are written alike. */
export interface RecordedCall {
  readonly role: 'plan' | 'deploy';
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

const FILE = join(ROOT, 'test/e2e/ci-calls.json');

/** What `check` and `diff`, `deploy`, `scale` and `rollback` asked of AWS when they were last recorded. */
export const recordedCalls = (): readonly RecordedCall[] => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : []);

/** GOLDEN=1 writes them. */
export function keepCalls(calls: readonly RecordedCall[]): void {
  writeFileSync(FILE, `[\n${calls.map((call) => `  ${JSON.stringify(call)}`).join(',\n')}\n]\n`);
}

/** The lines that the account wrote → calls, each once, in order. `keys`: access key → whose it is. */
export function readCalls(text: string, keys: ReadonlyMap<string, RecordedCall['role']>): RecordedCall[] {
  const found = new Map<string, RecordedCall>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const { caller, action, resource, context } = JSON.parse(line);
    const role = keys.get(caller);
    // Who anybody is needs no permission.
    if (role === undefined || action === 'sts:GetCallerIdentity') continue;
    const call = JSON.parse(settled(JSON.stringify({ role, action, resource, context })));
    found.set(JSON.stringify(call), call);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => call);
}

const SETTLED: readonly (readonly [RegExp, string])[] = [
  [/empire-platform-Cluster-\w+/g, 'main-cluster'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '0123'],
  [/objects\/[0-9a-f]{64}/g, 'objects/0123'],
  [/records\/[^"/]+\.json/g, 'records/1.json'],
  [/-[A-Z0-9]{12}(?=")/g, '-ABC'],
  [/(task-definition\/[\w-]+):\d+/g, '$1:1'],
  [/(task\/[\w-]+\/)\w+/g, '$10123'],
];

const settled = (text: string): string => SETTLED.reduce((now, [pattern, by]) => now.replaceAll(pattern, by), text);
