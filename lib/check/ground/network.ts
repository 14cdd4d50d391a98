import type { CheckResult } from '../../model/check.js';
import { type GroundInput, type GroundRule, Piece } from './input.js';

/** The VPC is there and has the address range that rules will let in. */
export const vpc: GroundRule = {
  name: 'vpc',
  run: async (input) => {
    const { network } = input.ground.platform;
    if (network.kind === 'made') return [];
    const piece = new Piece(input, 'vpc', 'VPC_ID', network.vpcId);
    const found = await input.windows.network.vpc(network.vpcId);
    if (found.kind === 'none')
      return [piece.missing(`there is no such VPC in ${input.caller.region} of ${input.caller.account}`)];
    const { cidrs, dns } = found.value;
    if (!dns) {
      const hint = `turn both on: \`aws ec2 modify-vpc-attribute --vpc-id ${network.vpcId} --enable-dns-hostnames\`, and the same with --enable-dns-support`;
      return [piece.misfit('its DNS support or its DNS host names are off: nobody there could resolve a name of an app', hint)];
    }
    if (cidrs.includes(network.cidr)) return [piece.fits(`has the address range ${network.cidr}`)];
    const text = `its address range is ${cidrs.join(', ')}, and the platform file says ${network.cidr}`;
    return [piece.misfit(text, `write \`VPC_CIDR=${cidrs[0] ?? ''}\``)];
  },
};

/** Subnets are of that VPC and in two zones, as load balancers need them. */
export const subnets: GroundRule = {
  name: 'subnets',
  run: async (input) => {
    const { network } = input.ground.platform;
    if (network.kind === 'made') return [];
    return Promise.all([
      look(input, 'PUBLIC_SUBNETS', network.publicSubnets, network.vpcId),
      look(input, 'PRIVATE_SUBNETS', network.privateSubnets, network.vpcId),
    ]);
  },
};

async function look(input: GroundInput, key: string, ids: readonly string[], vpcId: string): Promise<CheckResult> {
  const piece = new Piece(input, 'subnets', key, ids.join(', '));
  const found = ids.length === 0 ? [] : await input.windows.network.subnets(ids);
  const lost = ids.filter((id) => !found.some((subnet) => subnet.id === id));
  if (lost.length > 0) return piece.missing(`there is no subnet ${lost.join(', ')} in ${input.caller.region}`);
  const foreign = found.filter(({ vpc }) => vpc !== vpcId);
  if (foreign.length > 0) {
    const where = foreign.map(({ id, vpc }) => `${id} is in ${vpc}`).join(', ');
    return piece.misfit(`${where}, not in ${vpcId}`, `name subnets of ${vpcId} in ${piece.written}`);
  }
  const zones = [...new Set(found.map(({ zone }) => zone))].sort();
  if (zones.length >= 2) return piece.fits(`in ${zones.join(', ')}`);
  const text = `all of them are in ${zones.join('')}: a load balancer needs subnets in two zones`;
  return piece.misfit(text, `add a subnet of another zone to ${piece.written}`);
}

/** The group that every task carries is of that VPC. */
export const appTasksGroup: GroundRule = {
  name: 'app-tasks-group',
  run: async (input) => {
    const { appTasksGroup: group, platform } = input.ground;
    if (group.kind === 'none' || platform.network.kind === 'made') return [];
    const { vpcId } = platform.network;
    const piece = new Piece(input, 'app-tasks-group', 'APP_TASKS_GROUP', group.value);
    const found = await input.windows.network.groupVpc(group.value);
    if (found.kind === 'none') return [piece.missing(`there is no such security group in ${input.caller.region}`)];
    if (found.value === vpcId) return [piece.fits(`of ${vpcId}`)];
    return [piece.misfit(`it is of ${found.value}, not of ${vpcId}`, `name a security group of ${vpcId} in ${piece.written}`)];
  },
};
