import type { Process } from '../../model/app.js';
import type { Draft } from './assemble-context.js';

/** Rules between the processes of one app, which share its load balancers. */
export function refuseBetweenProcesses(drafts: readonly Draft[], processes: readonly Process[]): void {
  refuseTcpClash(drafts, processes);
  refuseIdleTimeouts(drafts, processes);
}

function refuseTcpClash(drafts: readonly Draft[], processes: readonly Process[]): void {
  const owners = new Map<number, string>();
  for (const [index, process] of processes.entries()) {
    const draft = drafts[index] as Draft;
    if (process.kind !== 'service' || process.exposure.kind !== 'tcp') continue;
    for (const { balancer } of process.exposure.ports) {
      const owner = owners.get(balancer);
      if (owner === undefined) owners.set(balancer, process.name);
      else if (owner !== process.name) refusePort(draft, balancer, owner);
    }
  }
}

function refusePort({ process, problems }: Draft, balancer: number, owner: string): void {
  const port = process.keys.ports?.value.find((written) => written.balancer === balancer);
  problems.error(
    'port-clash',
    port?.place ?? process.place,
    `port ${balancer} of the app's load balancer already belongs to \`${owner}\``,
    {
      given: `${balancer} ${port?.protocol}`,
      allowed: 'each tcp and tls port once per app',
      hint: `use another load-balancer port, such as \`"${balancer + 1}:${port?.container}"\``,
    },
  );
}

function refuseIdleTimeouts(drafts: readonly Draft[], processes: readonly Process[]): void {
  const first = { name: '', seconds: 0 };
  for (const [index, process] of processes.entries()) {
    const { process: written, problems } = drafts[index] as Draft;
    const idle = written.keys.idle_timeout;
    if (idle === undefined || process.kind !== 'service' || process.exposure.kind !== 'http') continue;
    if (first.name === '') {
      first.name = process.name;
      first.seconds = idle.value;
    } else if (first.seconds !== idle.value) {
      problems.error(
        'idle-timeout-differs',
        idle.place,
        `\`${process.name}\` and \`${first.name}\` share a load balancer, which has one idle timeout`,
        {
          given: `${idle.value}s, and ${first.seconds}s on \`${first.name}\``,
          hint: 'write the same value on both',
        },
      );
    }
  }
}
