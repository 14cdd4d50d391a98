import type { PublicZone } from '../../model/app.js';
import type { CheckResult } from '../../model/check.js';
import { adoptedVpc, type GroundInput, type GroundRule, Piece } from './input.js';

/** The private zone has the name that apps are told, and answers inside the VPC. */
export const zone: GroundRule = {
  name: 'zone',
  run: async (input) => {
    const { zoneId, platform } = input.ground;
    if (zoneId.kind === 'none') return [];
    const piece = new Piece(input, 'zone', 'ZONE_ID', zoneId.value);
    const found = await input.windows.network.zone(zoneId.value);
    if (found.kind === 'none') return [piece.missing('there is no such hosted zone')];
    const { name, private: isPrivate, vpcs } = found.value;
    const vpc = adoptedVpc(input.ground);
    if (!isPrivate)
      return [
        piece.misfit(
          `${name} is a public zone: everybody would see the private names`,
          `name a private zone in ${piece.written}`,
        ),
      ];
    if (name !== platform.zone)
      return [piece.misfit(`its name is ${name}, and the platform file says ${platform.zone}`, `write \`ZONE=${name}\``)];
    if (vpcs.includes(vpc)) return [piece.fits(`${name}, associated with ${vpc}`)];
    const hint = `associate it: \`aws route53 associate-vpc-with-hosted-zone --hosted-zone-id ${zoneId.value} --vpc VPCRegion=${input.caller.region},VPCId=${vpc}\``;
    return [piece.misfit(`it is not associated with ${vpc}: nobody there could resolve a name of an app`, hint)];
  },
};

/** Public zones are public and have the names that the platform file gives them. */
export const publicZones: GroundRule = {
  name: 'public-zones',
  run: (input) => Promise.all(input.ground.platform.publicZones.map((each) => look(input, each))),
};

async function look(input: GroundInput, { name, id }: PublicZone): Promise<CheckResult> {
  const piece = new Piece(input, 'public-zones', 'PUBLIC_ZONES', `${name}=${id}`);
  const found = await input.windows.network.zone(id);
  if (found.kind === 'none') return piece.missing('there is no such hosted zone');
  if (found.value.private)
    return piece.misfit('it is a private zone: nobody outside would see a name in it', `name a public zone in ${piece.written}`);
  if (found.value.name === name) return piece.fits('public');
  return piece.misfit(`its name is ${found.value.name}`, `write \`${found.value.name}=${id}\` in ${piece.written}`);
}
