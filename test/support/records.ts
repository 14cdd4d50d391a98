import type { ReleaseRecord } from '../../lib/model/release.js';

const NONE = { kind: 'none' } as const;

/** A release that succeeded, with everything that is not asked about left out. */
export function aRecord(number: number, change: Partial<ReleaseRecord> = {}): ReleaseRecord {
  const at = Date.UTC(2026, 5, 4, 14, 27);
  return {
    format: 1,
    app: 'acme-inc',
    environment: 'default',
    number,
    id: '00000000-0000-5000-8000-000000000000',
    nonce: 'nonce',
    stack: 'empire-acme-inc',
    stackId: NONE,
    account: '123456789012',
    region: 'us-east-1',
    reason: {
      kind: 'deploy',
      description: `Deploy remind101/acme-inc:v${number}`,
      message: NONE,
      by: 'arn:aws:sts::123456789012:assumed-role/admin/alice',
      commit: NONE,
      run: NONE,
    },
    rollbackTo: NONE,
    previous: number > 1 ? { kind: 'given', value: number - 1 } : NONE,
    content: { template: 'a', sourceMap: 'b', files: 'c', submitted: NONE, prepared: NONE },
    images: [],
    processes: [],
    parameters: {},
    platform: {},
    taskDefinitions: {},
    compiler: '0.1.0',
    allowed: [],
    status: 'succeeded',
    held: NONE,
    summary: 'it serves',
    createdAt: at,
    finishedAt: { kind: 'given', value: at + 60_000 },
    phases: [],
    predictedSeconds: NONE,
    releaseProcess: NONE,
    dossier: NONE,
    guard: NONE,
    notes: [],
    ...change,
  };
}
