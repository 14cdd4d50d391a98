import type { Place } from '../../model/problem.js';
import type { Draft } from './assemble-context.js';

const FARGATE_STOP = 120;

/** Refuses what the chosen capacity does not have. */
export function refuseOtherCapacity(draft: Draft): void {
  if (draft.capacity === 'ec2') refuseOnEc2(draft);
  else refuseOnFargate(draft);
}

function refuseOnEc2({ process, platform, problems }: Draft): void {
  const { capacity, volumes } = process.keys;
  if (capacity !== undefined && platform.capacity !== 'ec2') {
    problems.error('capacity-no-ec2', capacity.place, 'the platform has no EC2 capacity', {
      given: 'ec2',
      allowed: 'fargate, spot',
      hint: 'write `CAPACITY=ec2` in `platform`, and `capacity: fargate` on the processes that should stay there',
    });
  }
  for (const { value, place } of volumes?.value ?? []) {
    if (value.kind !== 'ephemeral' || value.sizeGiB.kind === 'none') continue;
    problems.error('fargate-only', place, 'the size of the ephemeral storage can only be chosen on Fargate', {
      given: `${value.sizeGiB.value}gb`,
      allowed: '`ephemeral: true`',
      hint: 'write `ephemeral: true`, or `capacity: fargate`',
    });
  }
}

function refuseOnFargate({ process, capacity, problems }: Draft): void {
  const { ecs, linux, ulimits, stop } = process.keys;
  const only = (what: string, place: Place, alternative: string): void => {
    problems.error(
      'ec2-only',
      place,
      `\`${what}\` exists only on EC2, and \`${process.name}\` runs on ${capacity === 'spot' ? 'Fargate Spot' : 'Fargate'}`,
      {
        allowed: alternative,
        hint: 'remove it, or write `capacity: ec2`',
      },
    );
  };
  for (const name of ['placement_constraints', 'placement_strategy'] as const) {
    const written = ecs?.value[name];
    if (written !== undefined) only(`ecs.${name}`, written.place, 'task, service, target_group');
  }
  for (const name of ['shm_size', 'tmpfs'] as const) {
    const written = linux?.value[name];
    if (written !== undefined) only(`linux.${name}`, written.place, 'cap_add, cap_drop');
  }
  for (const { value, place } of linux?.value.cap_add?.value ?? []) {
    if (value !== 'SYS_PTRACE') only(`linux.cap_add: ${value}`, place, 'SYS_PTRACE');
  }
  for (const { value, place } of ulimits?.value ?? []) {
    if (value.name !== 'nofile') only(`ulimits.${value.name}`, place, 'nofile');
  }
  const timeout = stop?.value.timeout;
  if (timeout !== undefined && timeout.value > FARGATE_STOP) {
    problems.error('stop-timeout-fargate', timeout.place, 'a task on Fargate has at most 120 seconds to end', {
      given: `${timeout.value}s`,
      allowed: '0s-120s',
      hint: 'write `stop: {timeout: 120}`, or `capacity: ec2`',
    });
  }
}
