import { createHash } from 'node:crypto';
import type { RehearsalWorld } from '../gate.js';

/** The next hexadecimal id; the same in every rehearsal that goes the same way. */
export function nextId(world: RehearsalWorld, kind: string): string {
  const state = world.state.services;
  state.sequence += 1;
  return createHash('sha256').update(`${kind} ${state.sequence}`).digest('hex').slice(0, 32);
}

/** Nineteen digits, as ids of deployments have. */
export function nextDeploymentId(world: RehearsalWorld): string {
  const digits = BigInt(`0x${nextId(world, 'deployment').slice(0, 15)}`).toString();
  return `ecs-svc/${digits.padEnd(19, '7').slice(0, 19)}`;
}

/** A small number from a text, the same every time. */
export const spread = (text: string, below: number): number =>
  Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 8), 16) % below;
