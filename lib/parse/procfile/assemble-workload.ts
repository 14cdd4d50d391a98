import type { Exposure, LinuxSettings, Workload } from '../../model/app.js';
import type { JsonObject } from '../../model/json.js';
import { containerHealthOf, variablesOf } from './assemble-container.js';
import { type Draft, given } from './assemble-context.js';
import { assembleSidecars } from './assemble-sidecars.js';
import { assembleSize } from './assemble-size.js';
import type { WrittenLinux } from './written-process.js';

const EMPTY: JsonObject = {};
const STOP_SECONDS = 30;

/** What a task definition needs, of any kind of process. */
export function assembleWorkload(draft: Draft, exposure: Exposure): Workload {
  const { process, capacity, platform } = draft;
  const { keys } = process;
  const size = assembleSize(draft);
  const containerHealth = containerHealthOf(keys.health?.value);
  refusePort(draft, exposure);
  return {
    name: process.name,
    command: keys.command?.value ?? { kind: 'image' },
    environment: variablesOf(keys.environment?.value),
    size,
    arch: keys.arch?.value ?? platform.arch,
    capacity,
    stop: { timeoutSeconds: keys.stop?.value.timeout?.value ?? STOP_SECONDS },
    containerHealth,
    sidecars: assembleSidecars(draft, size, containerHealth),
    volumes: (keys.volumes?.value ?? []).map(({ value }) => value),
    user: given(keys.user?.value),
    readOnly: keys.read_only?.value ?? false,
    init: keys.init?.value ?? true,
    ulimits: (keys.ulimits?.value ?? []).map(({ value }) => value),
    linux: linuxOf(keys.linux?.value ?? {}),
    exec: execOf(draft),
    placementConstraints: keys.ecs?.value.placement_constraints?.value ?? [],
    placementStrategy: keys.ecs?.value.placement_strategy?.value ?? [],
    raw: {
      task: keys.ecs?.value.task?.value ?? EMPTY,
      service: keys.ecs?.value.service?.value ?? EMPTY,
      targetGroup: keys.ecs?.value.target_group?.value ?? EMPTY,
    },
  };
}

function linuxOf(written: WrittenLinux): LinuxSettings {
  return {
    capAdd: (written.cap_add?.value ?? []).map(({ value }) => value),
    capDrop: (written.cap_drop?.value ?? []).map(({ value }) => value),
    sharedMemoryMiB: given(written.shm_size?.value),
    tmpfs: written.tmpfs?.value ?? [],
  };
}

/** `empire exec` writes into the container, so a read-only one cannot have it. */
function execOf({ process, problems }: Draft): boolean {
  const { read_only: readOnly, exec } = process.keys;
  if (readOnly?.value !== true) return exec?.value ?? true;
  if (exec === undefined) {
    problems.note('read-only-no-exec', readOnly.place, `\`${process.name}\` is read-only, so \`empire exec\` is off for it`, {
      hint: 'write `exec: false` to say so',
    });
  } else if (exec.value) {
    problems.error('read-only-exec', exec.place, '`exec` needs a container that can be written to', {
      given: 'read_only: true, exec: true',
      allowed: 'one of the two',
      hint: 'write `exec: false`, or remove `read_only`',
    });
  }
  return false;
}

/** `PORT` is injected: another value would send the balancer to a port where nobody listens. */
function refusePort({ process, problems }: Draft, exposure: Exposure): void {
  const port = exposure.kind === 'none' ? undefined : exposure.ports[0];
  if (port === undefined) return;
  const reached = process.keys.sidecars?.value.find(({ keys }) =>
    keys.ports?.value.some(({ value }) => value === port.container),
  );
  const name = reached?.name ?? process.name;
  const variables = (reached ?? process).keys.environment?.value;
  const written = variables?.find((variable) => variable.name === 'PORT');
  if (written === undefined || written.value === `${port.container}`) return;
  problems.error(
    'environment-port',
    written.place,
    `\`PORT\` differs from the port that the load balancer reaches \`${name}\` on`,
    {
      given: written.value,
      allowed: `${port.container}`,
      hint: `remove \`PORT\`, or change \`ports\` to \`"${port.balancer}:${written.value}"\``,
    },
  );
}
