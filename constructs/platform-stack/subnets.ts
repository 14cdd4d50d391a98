import type { Ground } from '../../lib/model/ground.js';

/** One zone of a made VPC: how far it is in the list of the region, and its two ranges. */
export interface Zone {
  /** 1, 2, 3. */
  readonly number: number;
  readonly publicCidr: string;
  readonly privateCidr: string;
}

/**
 * The ranges of a VPC cut for its zones, an eighth each: the lower half is private, the upper half public. What is left over is room
 * for what people add by hand. Zones never move: a third one takes ranges that two left free.
 */
export function zonesOf({ availabilityZones }: Ground, cidr: string): Zone[] {
  const [address, bits] = cidr.split('/') as [string, string];
  const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Array.from({ length: availabilityZones }, (_, index) => ({
    number: index + 1,
    privateCidr: `${dotted(start + (index * size) / 8)}/${Number(bits) + 3}`,
    publicCidr: `${dotted(start + size / 2 + (index * size) / 8)}/${Number(bits) + 3}`,
  }));
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
