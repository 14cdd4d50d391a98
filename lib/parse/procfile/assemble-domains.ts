import type { Domain, Exposure, PublicZone } from '../../model/app.js';
import type { Given } from '../../model/given.js';
import type { Platform } from '../../model/platform.js';
import type { DomainEntry } from '../domains.js';
import { didYouMean } from '../nearest.js';
import { type AssembleInput, type Draft, isOff } from './assemble-context.js';

/** Rules of `domains` that do not need to know how a process is exposed. */
export function refuseDomainEntries(input: AssembleInput): void {
  const names = new Set(input.written.map(({ name }) => name));
  for (const entry of input.domains) {
    if (!names.has(entry.process)) refuseUnknownProcess(entry, names, input);
    refusePrivate(entry, input);
    if (entry.certificate.kind === 'given') refuseCertificate(entry, entry.certificate.value, input);
  }
}

function refuseUnknownProcess(entry: DomainEntry, names: ReadonlySet<string>, { problems }: AssembleInput): void {
  problems.error(
    'domain-unknown-process',
    entry.place,
    `\`${entry.name}\` is for \`${entry.process}\`, which is not a process of this app`,
    {
      given: entry.process,
      allowed: [...names].sort().join(', '),
      hint: didYouMean(entry.process, names, 'name a process after the domain'),
    },
  );
}

function refusePrivate(entry: DomainEntry, { platform, problems }: AssembleInput): void {
  const { zone } = platform;
  if (entry.name !== zone && !entry.name.endsWith(`.${zone}`)) return;
  problems.error('domain-private-zone', entry.place, `\`${entry.name}\` is in the private zone \`${zone}\``, {
    given: entry.name,
    allowed: 'public names',
    hint: 'remove the line: the private names of an app always exist',
  });
}

function refuseCertificate(entry: DomainEntry, arn: string, { platform, problems }: AssembleInput): void {
  const [, partition = '', , region = ''] = arn.split(':');
  if (platform.region.kind === 'none') return;
  const wanted = platform.region.value;
  if (partition !== partitionOf(wanted)) {
    problems.error(
      'domain-certificate-partition',
      entry.place,
      `the certificate of \`${entry.name}\` is in another partition than the platform`,
      {
        given: partition,
        allowed: partitionOf(wanted),
        hint: `use a certificate of ${wanted}`,
      },
    );
  } else if (region !== wanted) {
    problems.error(
      'domain-certificate-region',
      entry.place,
      `the certificate of \`${entry.name}\` is in another region than the platform`,
      {
        given: region,
        allowed: wanted,
        hint: `request or import the certificate in ${wanted}`,
      },
    );
  }
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('us-iso-')) return 'aws-iso';
  if (region.startsWith('us-isob-')) return 'aws-iso-b';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  return 'aws';
}

/** The public names of one process, each with its certificate and zone. */
export function assembleDomains({ domains, platform, problems }: Draft, exposure: 'http' | 'tcp'): readonly Domain[] {
  const found = domains.map((entry): Domain => {
    const zone = zoneOf(entry.name, platform);
    const certificate = certificateOf(entry, zone);
    // Over tcp a name without a certificate is refused altogether.
    if (certificate.kind === 'none' && exposure === 'http') {
      problems.warning('domain-plain-http', entry.place, `\`${entry.name}\` is plain HTTP: it has no certificate`, {
        given: entry.name,
        allowed: '`cert=` and the ARN of an ACM certificate, or a name in a zone of `PUBLIC_ZONES`',
        hint: 'add `cert=arn:aws:acm:…` to the line',
      });
    }
    return { name: entry.name, certificate, zone };
  });
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function certificateOf({ certificate }: DomainEntry, zone: Given<PublicZone>): Domain['certificate'] {
  if (certificate.kind === 'given') return { kind: 'arn', arn: certificate.value };
  return zone.kind === 'given' ? { kind: 'made' } : { kind: 'none' };
}

/** The managed zone with the longest name that holds this one. */
function zoneOf(name: string, { publicZones }: Platform): Given<PublicZone> {
  let best: PublicZone | undefined;
  for (const zone of publicZones) {
    const holds = name === zone.name || name.endsWith(`.${zone.name}`);
    if (holds && (best === undefined || zone.name.length > best.name.length)) best = zone;
  }
  return best === undefined ? { kind: 'none' } : { kind: 'given', value: best };
}

/** A public name needs a running process that a balancer reaches by http, or by tls with a certificate. */
export function refuseUnexposedDomains(draft: Draft, exposure: Exposure): void {
  const { process, problems } = draft;
  for (const { name, place, certificate } of draft.domains) {
    if (isOff(draft)) {
      problems.error('domain-process-off', place, `\`${name}\` is for \`${process.name}\`, which is \`off\` in \`scale\``, {
        given: process.name,
        hint: `write \`${process.name}=0\` in \`scale\` to keep the name, or remove the line`,
      });
    } else if (exposure.kind === 'none') {
      problems.error('domain-not-exposed', place, `\`${name}\` is for \`${process.name}\`, which no load balancer reaches`, {
        given: process.name,
        allowed: 'a process with http ports, or tls ports and `cert=`',
        hint: `add \`ports: ["80:8080"]\` to \`${process.name}\` in the Procfile`,
      });
    } else if (
      exposure.kind === 'tcp' &&
      (certificate.kind === 'none' || exposure.ports.every(({ protocol }) => protocol !== 'tls'))
    ) {
      problems.error('domain-tcp', place, `\`${name}\` is for \`${process.name}\`, which has no http port`, {
        given: exposure.ports.map(({ balancer, protocol }) => `${balancer} ${protocol}`).join(', '),
        allowed: 'http ports, or a tls port and `cert=`',
        hint: 'add `cert=` to the line and `protocol: tls` to the port, or remove the line',
      });
    }
  }
}
