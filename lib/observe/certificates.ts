import type { Json, JsonObject } from '../model/json.js';
import type { AppCertificate } from '../model/running.js';
import type { StackResource, Windows } from '../model/windows.js';

/** Certificates that an app's stack made or names, as ACM knows them, sorted by name. */
export async function readCertificates(
  windows: Pick<Windows, 'certificates'>,
  template: JsonObject,
  resources: readonly StackResource[],
): Promise<readonly AppCertificate[]> {
  const made = resources.flatMap(({ type, physicalId, status }) =>
    type === 'AWS::CertificateManager::Certificate' && physicalId.kind === 'given' && status !== 'DELETE_COMPLETE'
      ? [physicalId.value]
      : [],
  );
  const arns = [...new Set([...made, ...named(template)])].filter((arn) => arn.startsWith('arn:'));
  const found = await Promise.all(
    arns.map(async (arn): Promise<AppCertificate> => {
      const certificate = await windows.certificates.describe(arn);
      return certificate.kind === 'given' ? { arn, ...certificate.value } : { arn, status: 'gone', names: [] };
    }),
  );
  return found.sort((a, b) => (`${a.names[0]} ${a.arn}` < `${b.names[0]} ${b.arn}` ? -1 : 1));
}

/** ARNs that the template has in words, as `cert=arn:…` in `domains` leaves them. */
function named(value: Json | undefined): string[] {
  if (typeof value === 'string') return /^arn:[\w-]+:acm:[^:]*:[0-9]*:certificate\//.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((each) => named(each as Json));
}
