import type { App, Domain } from '../../lib/model/app.js';
import type { Json } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import type { ExposedProcess } from '../ingress/exposed.js';
import { shortHash } from '../ingress/names.js';
import { filled, logicalId, processPointer, ref, resource, tags } from '../resource.js';

/** A certificate that a listener can have. */
export interface ListenerCertificate {
  /** Tells certificates apart, and never changes for one: the name for a made one, the ARN for a given one. */
  readonly key: string;
  readonly name: string;
  readonly arn: Json;
  readonly from: string;
}

const certificateId = (process: string, name: string): string => `${logicalId(process)}Certificate${shortHash(name)}`;

/** The certificate that ACM makes for a name, validated through the managed zone. Nothing for a given one. */
export function certificates(app: App, platform: Platform, process: ExposedProcess): Resource[] {
  return process.exposure.domains
    .filter(({ certificate }) => certificate.kind === 'made')
    .map((domain) =>
      resource({
        id: certificateId(process.name, domain.name),
        type: 'AWS::CertificateManager::Certificate',
        properties: filled({
          DomainName: domain.name,
          ValidationMethod: 'DNS',
          DomainValidationOptions:
            domain.zone.kind === 'given' ? [{ DomainName: domain.name, HostedZoneId: domain.zone.value.id }] : undefined,
          Tags: tags(app, platform, process.name),
        }),
        from: [processPointer(process.name, 'exposure', 'domains', domain.name)],
      }),
    );
}

/**
 * The different certificates of the processes, in the order in which they become a listener's default: of `web` first, then the name
 * with the fewest labels, then by alphabet. So the default is normally the app's main name and stays it when others are added; a name
 * that comes before it takes its place, and the one before is served again a moment later.
 */
export function certificatesOf(processes: readonly ExposedProcess[]): ListenerCertificate[] {
  const all = processes.flatMap((process) =>
    process.exposure.domains.flatMap((domain) => {
      const certificate = certificateOf(process, domain);
      return certificate === undefined ? [] : [{ certificate, rank: rankOf(process, domain) }];
    }),
  );
  all.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
  const different = new Map<string, ListenerCertificate>();
  for (const { certificate } of all) if (!different.has(certificate.key)) different.set(certificate.key, certificate);
  return [...different.values()];
}

const rankOf = (process: ExposedProcess, { name }: Domain): string =>
  `${process.name === 'web' ? 0 : 1} ${String(name.split('.').length).padStart(3, '0')} ${name}`;

function certificateOf(process: ExposedProcess, { name, certificate }: Domain): ListenerCertificate | undefined {
  const from = processPointer(process.name, 'exposure', 'domains', name);
  switch (certificate.kind) {
    case 'none':
      return undefined;
    case 'made':
      return { key: name, name, arn: ref(certificateId(process.name, name)), from };
    case 'arn':
      return { key: certificate.arn, name, arn: certificate.arn, from };
  }
}
