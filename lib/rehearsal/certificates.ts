import type { CertificatesWindow } from '../model/windows.js';
import type { Gate } from './gate.js';
import { isRemoved } from './removed.js';
import type { RehearsalState } from './state.js';

/**
 * Certificates, by the end of their ARN: `-missing` is not there, `-pending` is not validated yet, `-other` is for
 * `other.example.com` only. One that a stack made has the names it was made for. Any other is good for every name, which an empty list of
 * names means.
 */
export function rehearsedCertificates(gate: Gate): CertificatesWindow {
  return {
    describe: (arn) =>
      gate.call('certificates.describe', ({ state, region }) => {
        const id = arn.split('/').at(-1) ?? '';
        const gone = isRemoved(state, 'certificate', arn) || isRemoved(state, 'certificate', id) || id.endsWith('-missing');
        // ACM is regional: a certificate of another region is not found.
        if (gone || arn.split(':')[3] !== region) return { kind: 'none' as const };
        const status = id.endsWith('-pending') ? 'PENDING_VALIDATION' : 'ISSUED';
        const names = id.endsWith('-other') ? ['other.example.com'] : namesOf(state, arn);
        return { kind: 'given' as const, value: { status, names } };
      }),
  };
}

function namesOf({ stacks }: RehearsalState, arn: string): readonly string[] {
  const made = stacks.stacks.flatMap(({ resources }) => Object.values(resources)).find(({ physicalId }) => physicalId === arn);
  const name = made?.properties['DomainName'];
  return typeof name === 'string' ? [name] : [];
}
