import { createHash } from 'node:crypto';
import type { World } from '../world.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The next 32 bytes: hashes of a counter, so that the same rehearsal gives the same ids. */
function bytes(world: World): Buffer {
  const { stacks } = world.state;
  stacks.counter += 1;
  return createHash('sha256').update(`${world.account} ${world.region} ${stacks.counter}`).digest();
}

/** Lower-case hexadecimal digits, at most 64. */
export function mintHex(world: World, length: number): string {
  return bytes(world).toString('hex').slice(0, length);
}

export function mintDigits(world: World, length: number): string {
  return [...bytes(world)]
    .map((byte) => String(byte % 10))
    .join('')
    .slice(0, length);
}

/** As CloudFormation ends the names it makes up. */
export function mintLetters(world: World, length: number): string {
  return [...bytes(world)]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('')
    .slice(0, length);
}

export function mintUuid(world: World): string {
  const hex = mintHex(world, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
