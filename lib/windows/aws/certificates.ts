import type { Given } from '../../model/given.js';
import type { CertificatesWindow } from '../../model/windows.js';
import { type AwsSession, once } from './session.js';

type Certificate = Given<{ readonly status: string; readonly names: readonly string[] }>;

/** Certificate Manager. */
export function openCertificates(session: AwsSession): CertificatesWindow {
  const client = once(() => {
    const { ACM } = require('@aws-sdk/client-acm') as typeof import('@aws-sdk/client-acm');
    return new ACM(session.settings());
  });
  return {
    async describe(arn) {
      return await session.call<Certificate>(
        { action: 'acm:DescribeCertificate', resource: `certificate ${arn}` },
        async () => {
          const { Certificate: found = {} } = await client().describeCertificate({ CertificateArn: arn });
          const names = new Set([found.DomainName ?? [], found.SubjectAlternativeNames ?? []].flat());
          return { kind: 'given', value: { status: found.Status ?? 'UNKNOWN', names: [...names].sort() } };
        },
        (error) => (error.name === 'ResourceNotFoundException' ? { kind: 'none' } : undefined),
      );
    },
  };
}
