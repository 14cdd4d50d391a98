/** A DNS name in lower case, one label or more. */
export function isZoneName(text: string): boolean {
  return (
    text.length <= 190 &&
    text.split('.').every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) &&
    !/(^|\.)[0-9]+$/.test(text)
  );
}

/** An IPv4 network that a VPC can have: /16 to /28, and no bits set behind the mask. */
export function isCidr(text: string): boolean {
  const network = networkOf(text);
  return network !== undefined && network.mask >= 16 && network.mask <= 28 && network.address === network.first;
}

/** The network that an address with bits behind the mask lies in, when that is the only thing wrong. */
export function correctedCidr(text: string): string | undefined {
  const network = networkOf(text);
  if (network === undefined || network.mask < 16 || network.mask > 28) return undefined;
  const bytes = [24, 16, 8, 0].map((shift) => (network.first >>> shift) & 255);
  return `${bytes.join('.')}/${network.mask}`;
}

export const isSubnetId = (text: string): boolean => /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/.test(text);

export const isArn = (text: string): boolean => /^arn:aws(-[a-z]+)*:iam::([0-9]{12}|aws):policy\/[\w+=,.@/-]{1,512}$/.test(text);

/** `example.com=Z0123456789ABC` */
export function isPublicZone(text: string): boolean {
  const [name, id] = splitPair(text);
  return isZoneName(name) && name.includes('.') && /^Z[A-Z0-9]{1,31}$/.test(id);
}

/** `key=value`, within what every service takes as a tag. */
export function isTag(text: string): boolean {
  const [key, value] = splitPair(text);
  return (
    text.includes('=') &&
    /^[\p{L}\p{N} _.:/+@-]{1,128}$/u.test(key) &&
    /^[\p{L}\p{N} _.:/=+@-]{0,256}$/u.test(value) &&
    !/^(aws|empire):/i.test(key)
  );
}

/** The text before and after the first `=`. */
export function splitPair(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** The architecture of an instance type, by the letter `g` after the generation (`t4g`, `c7gn`, `im4gn`). */
export function archOf(instanceType: string): 'x86_64' | 'arm64' {
  return /^(a1\.|[a-z]+[0-9]+g)/.test(instanceType) ? 'arm64' : 'x86_64';
}

/** The first and the last address of a network. */
export function rangeOf(cidr: string): { readonly first: number; readonly last: number } {
  const { first, mask } = networkOf(cidr) ?? { first: 0, mask: 32 };
  return { first, last: first + 2 ** (32 - mask) - 1 };
}

interface NetworkParts {
  readonly address: number;
  readonly first: number;
  readonly mask: number;
}

function networkOf(text: string): NetworkParts | undefined {
  const match = /^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\/([0-9]{1,2})$/.exec(text);
  if (match === null) return undefined;
  const numbers = match.slice(1).map(Number);
  // a leading zero would be octal to some programs
  if (match.slice(1).some((digits, index) => digits !== String(numbers[index]))) return undefined;
  const [a, b, c, d, mask] = numbers as [number, number, number, number, number];
  if (Math.max(a, b, c, d) > 255 || mask > 32 || mask < 1) return undefined;
  const address = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  return { address, first: (address & (0xffffffff << (32 - mask))) >>> 0, mask };
}
