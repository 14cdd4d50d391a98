import type { Process } from '../model/app.js';
import type { Problems } from '../problems.js';
import type { ResolvedName } from './overlays.js';

/** `PORT` is injected into exposed processes; a value of ours that says otherwise would be lost without a word. */
export function checkPort(names: readonly ResolvedName[], processes: readonly Process[], problems: Problems): void {
  const port = names.find(({ name }) => name === 'PORT');
  if (port === undefined) return;
  const exposed = processes.flatMap((process) => {
    const container = injectedPort(process);
    return container === undefined ? [] : [{ name: process.name, container }];
  });
  const other = exposed.find(({ container }) => port.value.kind === 'secret' || port.value.text !== String(container));
  if (other === undefined) return;
  const { value } = port;
  problems.error(
    'port-conflict',
    port.place,
    `\`PORT\` is set for the process \`${other.name}\` to its container port, ${other.container}`,
    {
      given: value.kind === 'variable' ? value.text : 'a secret',
      allowed: String(other.container),
      hint: `remove \`PORT\`, or change \`ports\` of \`${other.name}\` in the Procfile`,
    },
  );
}

/** The first container port, unless a sidecar listens there and gets `PORT` instead. */
function injectedPort(process: Process): number | undefined {
  if (process.kind !== 'service' || process.exposure.kind === 'none') return undefined;
  const container = process.exposure.ports[0]?.container;
  if (container === undefined || process.sidecars.some(({ ports }) => ports.includes(container))) return undefined;
  return container;
}
