import type { App, Domain } from '../model/app.js';
import type { CheckResult } from '../model/check.js';
import { no, ok, skip } from './answer.js';
import type { CheckInput } from './input.js';
import { askedOr, type Rule } from './rule.js';
import { writtenAt } from './written-at.js';

const NAME = 'certificates';

/** Every certificate that is given by ARN is here, issued, and carries the name of its domain. */
export const certificates: Rule = {
  name: NAME,
  run: (input) =>
    Promise.all(
      domainsOf(input.app).map(({ domain, pointer }) => askedOr(NAME, domain.name, () => look(domain, pointer, input))),
    ),
};

function domainsOf({ processes }: App): readonly { readonly domain: Domain; readonly pointer: string }[] {
  return processes.flatMap((process) => {
    if (process.kind !== 'service' || process.exposure.kind === 'none') return [];
    return process.exposure.domains.map((domain) => ({
      domain,
      pointer: `/processes/${process.name}/exposure/domains/${domain.name}`,
    }));
  });
}

async function look({ name, certificate }: Domain, pointer: string, input: CheckInput): Promise<CheckResult> {
  if (certificate.kind === 'none') return skip(NAME, name, 'plain HTTP: it has no certificate');
  if (certificate.kind === 'made') return skip(NAME, name, 'the app makes its own, validated through the zone');
  const { arn } = certificate;
  const where = writtenAt(pointer, input.origins) || 'the `domains` file';
  const refuse = (text: string, hint: string, code: string): CheckResult => no(NAME, name, { text, hint, code });
  const [, , , region, account] = arn.split(':');
  if (region !== input.place.region || account !== input.place.account)
    return refuse(
      `its certificate is in ${region} of ${account}, and the app in ${input.place.region} of ${input.place.account}: a load balancer takes only its own region's`,
      `write the ARN of a certificate of ${input.place.region} into ${where}`,
      'certificate-elsewhere',
    );
  const found = await input.windows.certificates.describe(arn);
  if (found.kind === 'none')
    return refuse(`there is no certificate \`${arn}\``, `correct the ARN in ${where}`, 'certificate-missing');
  const { status, names } = found.value;
  // Without names it is not known for what it is, which only a rehearsal says.
  if (names.length > 0 && !names.some((each) => covers(each, name)))
    return refuse(
      `its certificate is for another name: ${names.join(', ')}`,
      `write the ARN of a certificate for ${name} into ${where}`,
      'certificate-name',
    );
  if (status !== 'ISSUED')
    return refuse(
      `its certificate is ${status}, not ISSUED`,
      'validate it in ACM first, then try again',
      'certificate-not-issued',
    );
  return ok(NAME, name, 'its certificate is issued and carries the name');
}

/** A wildcard stands for exactly one label. */
export function covers(certificate: string, name: string): boolean {
  const [ours, its] = [name.toLowerCase(), certificate.toLowerCase()];
  if (ours === its) return true;
  return its.startsWith('*.') && !ours.startsWith('*.') && ours.slice(ours.indexOf('.') + 1) === its.slice(2);
}
