import { type GroundInput, type GroundRule, Piece } from './input.js';

/** The cluster is active and has the capacity that apps will ask of it. */
export const cluster: GroundRule = {
  name: 'cluster',
  run: async (input) => {
    const { cluster: name } = input.ground;
    if (name.kind === 'none') return [];
    const piece = new Piece(input, 'cluster', 'CLUSTER', name.value);
    const found = await input.windows.services.cluster(name.value);
    if (found.kind === 'none') return [piece.missing(`there is no such cluster in ${input.caller.region}`)];
    const { status, capacityProviders } = found.value;
    if (status !== 'ACTIVE') return [piece.misfit(`it is ${status}, not ACTIVE`, `name another cluster in ${piece.written}`)];
    const lacking = wanted(input).filter((provider) => !capacityProviders.includes(provider));
    if (lacking.length === 0) return [piece.fits('active')];
    const has = capacityProviders.length === 0 ? 'none' : capacityProviders.join(', ');
    const hint = `associate it: \`aws ecs put-cluster-capacity-providers --cluster ${name.value} …\``;
    return [piece.misfit(`it has no capacity provider ${lacking.join(', ')}; it has ${has}`, hint)];
  },
};

/** Providers that tasks will be placed on. Of hosts that the platform itself makes it makes the association too. */
function wanted({ ground: { platform, capacityProvider } }: GroundInput): string[] {
  if (platform.capacity === 'ec2') return capacityProvider.kind === 'given' ? [capacityProvider.value] : [];
  return platform.capacity === 'spot' ? ['FARGATE', 'FARGATE_SPOT'] : ['FARGATE'];
}
