import type { Given } from '../model/given.js';
import type { Ground } from '../model/ground.js';
import type { NetworkWindow, SubnetState } from '../model/windows.js';
import type { Gate } from './gate.js';
import { isRemoved } from './removed.js';
import type { RehearsalState } from './state.js';

const NONE = { kind: 'none' } as const;
const given = <T>(value: T) => ({ kind: 'given', value }) as const;

/**
 * EC2 and Route 53, as far as a platform adopts of them: what its file names is there and fits, unless a script took it away as a
 * `piece`. There is nothing else.
 */
export function rehearsedNetwork(gate: Gate, ground: Given<Ground>): NetworkWindow {
  if (ground.kind === 'none') return emptyNetwork(gate);
  const { platform, zoneId, appTasksGroup, internalBalancer, publicBalancer } = ground.value;
  const { network, publicZones } = platform;
  const own = network.kind === 'existing' ? network.vpcId : '';
  const groups = [appTasksGroup, ...[internalBalancer, publicBalancer].map(groupOf)];
  return {
    vpc: (id) =>
      gate.call('network.vpc', ({ state }) =>
        isThere(state, id) && id === own ? given({ cidrs: [network.cidr], dns: true }) : NONE,
      ),
    subnets: (ids) =>
      gate.call('network.subnets', ({ state, region }) => {
        const adopted = network.kind === 'existing' ? subnetsOf(network, region) : [];
        return adopted.filter(({ id }) => ids.includes(id) && isThere(state, id));
      }),
    groupVpc: (id) =>
      gate.call('network.groupVpc', ({ state }) =>
        isThere(state, id) && groups.some((group) => group.kind === 'given' && group.value === id) ? given(own) : NONE,
      ),
    zone: (id) =>
      gate.call('network.zone', ({ state }) => {
        if (!isThere(state, id)) return NONE;
        if (zoneId.kind === 'given' && zoneId.value === id) return given({ name: platform.zone, private: true, vpcs: [own] });
        const open = publicZones.find((zone) => zone.id === id);
        return open === undefined ? NONE : given({ name: open.name, private: false, vpcs: [] });
      }),
  };
}

function emptyNetwork(gate: Gate): NetworkWindow {
  return {
    vpc: () => gate.call('network.vpc', () => NONE),
    subnets: () => gate.call('network.subnets', () => []),
    groupVpc: () => gate.call('network.groupVpc', () => NONE),
    zone: () => gate.call('network.zone', () => NONE),
  };
}

const isThere = (state: RehearsalState, id: string): boolean => !isRemoved(state, 'piece', id);

const groupOf = (balancer: Ground['internalBalancer']): Given<string> =>
  balancer.kind === 'given' ? given(balancer.value.securityGroup) : NONE;

/** In zones one after the other, as people number them. */
function subnetsOf(
  network: Extract<Ground['platform']['network'], { readonly kind: 'existing' }>,
  region: string,
): SubnetState[] {
  return [network.publicSubnets, network.privateSubnets].flatMap((side) =>
    side.map((id, index) => ({ id, vpc: network.vpcId, zone: `${region}${'abc'[index % 3]}` })),
  );
}
