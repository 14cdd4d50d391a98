import type { Command, Count, Domain, HttpPort, Image, ProcessSize, SecretReference, Size, TcpPort } from '../model/app.js';
import type { Given } from '../model/given.js';

/** `acct.dkr.ecr.us-east-1.amazonaws.com/app:v1@sha256:…`. */
export function renderImage(image: Image): string {
  const host = image.registry.kind === 'hub' ? '' : `${image.registry.host}/`;
  const tag = image.kind === 'tagged' ? `:${image.tag}` : image.tag.kind === 'given' ? `:${image.tag.value}` : '';
  const digest = image.kind === 'pinned' ? `@${image.digest}` : '';
  const credentials = image.credentials.kind === 'given' ? ` credentials=${renderSecretReference(image.credentials.value)}` : '';
  return `${host}${image.repository}${tag}${digest}${credentials}`;
}

/** As `secrets` would say it. */
export function renderSecretReference(reference: SecretReference): string {
  const after = (mark: string, value: Given<string>) => (value.kind === 'given' ? `${mark}${value.value}` : '');
  switch (reference.kind) {
    case 'ssm':
      return `ssm:${reference.parameter}`;
    case 'ssm-arn':
      return reference.arn;
    case 'secretsmanager':
      return `secretsmanager:${reference.secret}${after('#', reference.key)}`;
    case 'secretsmanager-arn': {
      const parts = [reference.key, reference.stage, reference.version].map((part) => after('', part));
      return parts.every((part) => part === '') ? reference.arn : [reference.arn, ...parts].join(':');
    }
  }
}

/** The words as a shell would take them. */
export function renderCommand(command: Command): string {
  if (command.kind === 'image') return "(the image's own)";
  return command.words.map(renderWord).join(' ');
}

function renderWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** `1X`, or `256:128.00mb`, with `:nproc=n` when it is not the size's own. */
export function renderSize(size: Size): string {
  const nproc = size.nproc.kind === 'given' ? size.nproc.value : undefined;
  const named = NAMED_SIZES.find(
    (one) => one.cpu === size.cpu && one.memoryMiB === size.memoryMiB && (nproc ?? one.nproc) === one.nproc,
  );
  if (named !== undefined) return named.name;
  const gib = size.memoryMiB / 1024;
  const memory = gib >= 1 ? `${gib.toFixed(2)}gb` : `${size.memoryMiB.toFixed(2)}mb`;
  return `${size.cpu}:${memory}${nproc === undefined ? '' : `:nproc=${nproc}`}`;
}

const NAMED_SIZES = [
  { name: '1X', cpu: 256, memoryMiB: 512, nproc: 256 },
  { name: '2X', cpu: 512, memoryMiB: 1024, nproc: 512 },
  { name: 'PX', cpu: 1024, memoryMiB: 6144, nproc: undefined },
] as const;

/** What was asked for, and what it runs as when AWS has no such size. */
export function renderProcessSize(size: ProcessSize): string {
  const same = size.asked.cpu === size.runs.cpu && size.asked.memoryMiB === size.runs.memoryMiB;
  return same ? renderSize(size.asked) : `${renderSize(size.asked)} (runs as ${renderSize(size.runs)})`;
}

export function renderCount(count: Count): string {
  return count.kind === 'fixed' ? String(count.tasks) : `${count.min}-${count.max}`;
}

/** `80:8080/http`: load balancer, container, protocol. */
export function renderPort(port: HttpPort | TcpPort): string {
  return `${port.balancer}:${port.container}/${port.protocol}`;
}

/** As `domains` would say it, and where the certificate comes from. */
export function renderDomain(domain: Domain): string {
  switch (domain.certificate.kind) {
    case 'none':
      return `${domain.name} (http only)`;
    case 'made':
      return `${domain.name} (certificate made)`;
    case 'arn':
      return `${domain.name} cert=${domain.certificate.arn}`;
  }
}
