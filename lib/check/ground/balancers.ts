import type { CheckResult } from '../../model/check.js';
import type { AdoptedBalancer } from '../../model/ground.js';
import type { BalancerState } from '../../model/windows.js';
import { adoptedVpc, type GroundInput, type GroundRule, Piece } from './input.js';

/** Shared load balancers are of the right kind and scheme, in the VPC, and what the platform file says of them is so. */
export const balancers: GroundRule = {
  name: 'balancers',
  run: async (input) => {
    const { internalBalancer, publicBalancer } = input.ground;
    const answers: Promise<CheckResult>[] = [];
    if (internalBalancer.kind === 'given') answers.push(look(input, internalBalancer.value, 'internal'));
    if (publicBalancer.kind === 'given') answers.push(look(input, publicBalancer.value, 'public'));
    return Promise.all(answers);
  },
};

type Scheme = 'internal' | 'public';

async function look(input: GroundInput, adopted: AdoptedBalancer, scheme: Scheme): Promise<CheckResult> {
  const prefix = scheme === 'internal' ? 'INTERNAL' : 'PUBLIC';
  const piece = new Piece(input, 'balancers', `${prefix}_LISTENERS`, adopted.arn.split(':loadbalancer/')[1] ?? adopted.arn);
  const found = await input.windows.balancers.balancer(adopted.arn);
  if (found.kind === 'none') return piece.missing('there is no such load balancer');
  const wrong = unusable(found.value, scheme, adoptedVpc(input.ground));
  if (wrong !== undefined) return piece.misfit(wrong, `name listeners of another load balancer in ${piece.written}`);
  const lost = Object.entries(adopted.listeners).filter(
    ([port, arn]) => !found.value.listeners.some((one) => one.arn === arn && one.port === Number(port)),
  );
  if (lost.length > 0) {
    const ports = found.value.listeners.map(({ port }) => port).join(', ');
    const text = `it has no such listener on port ${lost.map(([port]) => port).join(', ')}; it listens on ${ports === '' ? 'none' : ports}`;
    return piece.missing(text);
  }
  const told = toldWrong(found.value, adopted, prefix);
  return told === undefined
    ? piece.fits(`${found.value.scheme}, listens on ${Object.keys(adopted.listeners).join(', ')}`)
    : piece.misfit(told.text, told.hint);
}

function unusable({ type, scheme, vpc }: BalancerState, wanted: Scheme, own: string): string | undefined {
  if (type !== 'application')
    return `it is a ${type} load balancer: only an application load balancer can tell apps apart by name`;
  if (wanted === 'internal' && scheme !== 'internal') return `it is ${scheme}: private apps would be open to everybody`;
  if (wanted === 'public' && scheme === 'internal') return 'it is internal: nobody outside the VPC would reach it';
  return vpc === own ? undefined : `it is in ${vpc}, not in ${own}`;
}

/** What the platform file says of it and could be looked up. */
function toldWrong(found: BalancerState, adopted: AdoptedBalancer, prefix: string): { text: string; hint: string } | undefined {
  const correct = (name: string, value: string): string => `write \`${prefix}_BALANCER_${name}=${value}\``;
  if (found.dnsName.toLowerCase() !== adopted.dnsName.toLowerCase())
    return { text: `its DNS name is ${found.dnsName}, not ${adopted.dnsName}`, hint: correct('DNS', found.dnsName) };
  if (found.zone !== adopted.zoneId)
    return { text: `the hosted zone of its DNS name is ${found.zone}, not ${adopted.zoneId}`, hint: correct('ZONE', found.zone) };
  if (!found.securityGroups.includes(adopted.securityGroup))
    return {
      text: `it does not have the security group ${adopted.securityGroup}: tasks would let nobody in`,
      hint: correct('GROUP', found.securityGroups[0] ?? ''),
    };
  return undefined;
}
