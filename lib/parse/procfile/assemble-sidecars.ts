import type { ProcessSize, Sidecar, Workload } from '../../model/app.js';
import { containerHealthOf, variablesOf } from './assemble-container.js';
import { type Draft, given } from './assemble-context.js';
import { comparableName } from './process-names.js';
import type { WrittenDependency, WrittenSidecar } from './written-process.js';

/** The containers beside a process. */
export function assembleSidecars(draft: Draft, size: ProcessSize, ownHealth: Workload['containerHealth']): readonly Sidecar[] {
  const written = draft.process.keys.sidecars?.value ?? [];
  refuseNames(draft, written);
  refusePorts(draft, written);
  const sidecars = written.flatMap((sidecar) => assembleSidecar(sidecar));
  refuseDependencies(draft, written, sidecars, ownHealth);
  refuseCycle(draft, written);
  refuseLarge(draft, sidecars, size);
  return sidecars;
}

function assembleSidecar({ name, keys }: WrittenSidecar): Sidecar[] {
  // An image with a problem has been refused where it was read.
  if (keys.image === undefined) return [];
  return [
    {
      name,
      image: keys.image.value,
      command: keys.command?.value ?? { kind: 'image' },
      environment: variablesOf(keys.environment?.value),
      ports: (keys.ports?.value ?? []).map(({ value }) => value),
      health: containerHealthOf(keys.health?.value),
      essential: keys.essential?.value ?? true,
      cpu: given(keys.cpu?.value),
      memoryMiB: given(keys.memory?.value),
      dependsOn: (keys.depends_on?.value ?? []).map(({ container, condition }) => ({ container, condition })),
    },
  ];
}

function refuseNames({ process, problems }: Draft, written: readonly WrittenSidecar[]): void {
  const own = written.find(({ name }) => comparableName(name) === comparableName(process.name));
  if (own === undefined) return;
  problems.error('sidecar-own-name', own.place, `\`${own.name}\` is the container of the process itself`, {
    given: own.name,
    hint: 'rename the sidecar',
  });
}

function refusePorts({ problems }: Draft, written: readonly WrittenSidecar[]): void {
  const owners = new Map<number, string>();
  for (const { name, keys } of written) {
    for (const { value, place } of keys.ports?.value ?? []) {
      const owner = owners.get(value);
      if (owner !== undefined) {
        problems.error('sidecar-port-twice', place, `port ${value} of the task already belongs to \`${owner}\``, {
          given: `${value}`,
          allowed: 'each port once: the containers of a task share one network',
          hint: `let \`${name}\` listen on another port`,
        });
      }
      owners.set(value, name);
    }
  }
}

function refuseDependencies(
  draft: Draft,
  written: readonly WrittenSidecar[],
  sidecars: readonly Sidecar[],
  ownHealth: Workload['containerHealth'],
): void {
  const containers = new Map(
    sidecars.map(({ name, health, essential }) => [name, { checked: health.kind === 'given', essential }]),
  );
  containers.set(draft.process.name, { checked: ownHealth.kind === 'given', essential: true });
  for (const { name, keys } of written) {
    for (const dependency of keys.depends_on?.value ?? []) refuseDependency(draft, name, dependency, containers);
  }
}

function refuseDependency(
  { problems }: Draft,
  sidecar: string,
  { container, condition, place }: WrittenDependency,
  containers: ReadonlyMap<string, { readonly checked: boolean; readonly essential: boolean }>,
): void {
  const target = containers.get(container);
  if (target === undefined || container === sidecar) {
    problems.error('sidecar-depends', place, `\`${sidecar}\` cannot wait for \`${container}\``, {
      given: container,
      allowed: [...containers.keys()].filter((name) => name !== sidecar).join(', '),
      hint: 'name another container of this process',
    });
  } else if (condition === 'HEALTHY' && !target.checked) {
    problems.error('sidecar-depends-healthy', place, `\`${container}\` has no health check, so it never becomes healthy`, {
      given: `${container}: healthy`,
      hint: `add \`health: {command: …}\` to \`${container}\`, or wait for \`start\``,
    });
  } else if ((condition === 'COMPLETE' || condition === 'SUCCESS') && target.essential) {
    problems.error(
      'sidecar-depends-essential',
      place,
      `when \`${container}\` ends the whole task ends, so nothing can wait for its end`,
      {
        given: `${container}: ${condition.toLowerCase()}`,
        hint: `add \`essential: false\` to \`${container}\`, or wait for \`start\``,
      },
    );
  }
}

function refuseCycle({ problems }: Draft, written: readonly WrittenSidecar[]): void {
  const waiting = new Map(written.map((sidecar) => [sidecar.name, sidecar]));
  const isFree = (sidecar: WrittenSidecar): boolean =>
    (sidecar.keys.depends_on?.value ?? []).every(({ container }) => container === sidecar.name || !waiting.has(container));
  for (let freed = true; freed; ) {
    freed = false;
    for (const sidecar of waiting.values()) if (isFree(sidecar)) freed = waiting.delete(sidecar.name);
  }
  const [first] = waiting.values();
  if (first === undefined) return;
  problems.error('sidecar-cycle', first.keys.depends_on?.place ?? first.place, 'these sidecars wait for each other', {
    given: [...waiting.keys()].join(', '),
    hint: 'remove one of the `depends_on`',
  });
}

function refuseLarge({ process, capacity, problems }: Draft, sidecars: readonly Sidecar[], { runs }: ProcessSize): void {
  if (capacity === 'ec2') return;
  let cpu = 0;
  let memoryMiB = 0;
  for (const sidecar of sidecars) {
    if (sidecar.cpu.kind === 'given') cpu += sidecar.cpu.value;
    if (sidecar.memoryMiB.kind === 'given') memoryMiB += sidecar.memoryMiB.value;
  }
  if (cpu < runs.cpu && memoryMiB < runs.memoryMiB) return;
  problems.error(
    'sidecars-too-large',
    process.keys.sidecars?.place ?? process.place,
    `the sidecars leave nothing of the task to \`${process.name}\``,
    {
      given: `${cpu} CPU, ${memoryMiB} MiB for sidecars`,
      allowed: `less than ${runs.cpu} CPU and ${runs.memoryMiB} MiB together`,
      hint: `give the sidecars less, or \`${process.name}\` a larger size in \`scale\``,
    },
  );
}
