import type { App, Domain, Process, Sidecar } from '../model/app.js';
import type { Json } from '../model/json.js';
import type { Origin, Origins, Problem } from '../model/problem.js';
import { renderColumns } from './columns.js';
import { problemAsJson } from './error-json.js';
import {
  renderCommand,
  renderCount,
  renderDomain,
  renderImage,
  renderPort,
  renderProcessSize,
  renderSecretReference,
} from './values.js';

/** One resolved value: what people call it, its text, and its JSON pointer into the App. */
interface Row {
  readonly label: string;
  readonly value: string;
  readonly pointer: string;
}

/** Every resolved value of an app with where it came from. */
export function renderResolvedApp(app: App, origins: Origins): string {
  return renderColumns(rowsOf(app).map((row) => [row.label, row.value, renderOrigin(originOf(row.pointer, origins))]));
}

/** The same for programs; `origins` maps JSON pointers into `app` to places, and what is not there has its ancestor's or is a default. */
export function resolvedAppJson(app: App, origins: Origins, problems: readonly Problem[]): object {
  const pointers = [...origins.keys()].sort();
  return {
    app,
    origins: Object.fromEntries(pointers.map((pointer) => [pointer, originOf(pointer, origins)])),
    problems: problems.map(problemAsJson),
  };
}

/** `default`, `apps/acme-inc/env:3`, `apps/acme-inc/env.production:1 over apps/acme-inc/env:3`. */
export function renderOrigin(origin: Origin): string {
  if (origin.kind === 'default') return 'default';
  return [`${origin.file}:${origin.line}`, ...origin.over.map(renderOrigin)].join(' over ');
}

/** The origin of a value: its own, or its nearest ancestor's. */
export function originOf(pointer: string, origins: Origins): Origin {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const origin = origins.get(at);
    if (origin !== undefined) return origin;
  }
  return { kind: 'default' };
}

function rowsOf(app: App): Row[] {
  return [
    { label: 'image', value: renderImage(app.image), pointer: '/image' },
    ...app.variables.map(({ name, value }) => ({
      label: `env.${name}`,
      value: renderText(value),
      pointer: `/variables/${name}`,
    })),
    ...app.secrets.map(({ name, reference }) => ({
      label: `secrets.${name}`,
      value: renderSecretReference(reference),
      pointer: `/secrets/${name}`,
    })),
    ...app.processes.flatMap(processRows),
    ...leaves('policy', app.policy, '/policy'),
    ...leaves('maintenance', app.maintenance, '/maintenance'),
  ];
}

function processRows(process: Process): Row[] {
  const pointer = `/processes/${process.name}`;
  if (process.kind === 'off') return [{ label: `${process.name}.kind`, value: 'off', pointer: `${pointer}/kind` }];
  return Object.entries(process)
    .filter(([key]) => key !== 'name')
    .flatMap(([key, value]) => propertyRows(`${process.name}.${key}`, key, value, `${pointer}/${key}`));
}

/** Keys whose values have words of their own; everything else is taken apart. */
const RENDERERS: ReadonlyMap<string, (value: never) => string> = new Map<string, (value: never) => string>([
  ['command', renderCommand],
  ['image', renderImage],
  ['size', renderProcessSize],
  ['ports', (ports: readonly Parameters<typeof renderPort>[0][]) => ports.map(renderPort).join(', ')],
]);

function propertyRows(label: string, key: string, value: unknown, pointer: string): Row[] {
  if (key === 'count') return countRows(label, value as Parameters<typeof renderCount>[0], pointer);
  if (key === 'domains') return domainRows(label, value as readonly Domain[], pointer);
  if (key === 'sidecars')
    return (value as readonly Sidecar[]).length === 0 ? leaves(label, [], pointer) : sidecarRows(label, value, pointer);
  const render = isContainerCommand(key, value) ? undefined : RENDERERS.get(key);
  if (render !== undefined && !isNumbers(value)) return [{ label, value: render(value as never), pointer }];
  return leaves(label, value as Json, pointer);
}

/** A container health check's `command` is a list of words, not a Command. */
function isContainerCommand(key: string, value: unknown): boolean {
  return key === 'command' && Array.isArray(value);
}

/** A sidecar's `ports` are numbers. */
function isNumbers(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');
}

function countRows(label: string, count: Parameters<typeof renderCount>[0], pointer: string): Row[] {
  const row = { label, value: renderCount(count), pointer };
  if (count.kind === 'fixed') return [row];
  return [row, ...leaves(`${label}.autoscale`, count.autoscale as unknown as Json, `${pointer}/autoscale`)];
}

/** A row a name: each was written on a line of its own. */
function domainRows(label: string, domains: readonly Domain[], pointer: string): Row[] {
  if (domains.length === 0) return leaves(label, [], pointer);
  return domains.map((domain) => ({
    label: `${label}.${domain.name}`,
    value: renderDomain(domain),
    pointer: `${pointer}/${domain.name}`,
  }));
}

function sidecarRows(label: string, value: unknown, pointer: string): Row[] {
  return (value as readonly Sidecar[]).flatMap((sidecar) =>
    Object.entries(sidecar)
      .filter(([key]) => key !== 'name')
      .flatMap(([key, inner]) =>
        propertyRows(`${label}.${sidecar.name}.${key}`, key, inner, `${pointer}/${sidecar.name}/${key}`),
      ),
  );
}

/** Takes a value apart down to texts and numbers; what was not given is `–`. */
function leaves(label: string, value: unknown, pointer: string): Row[] {
  if (Array.isArray(value)) return listRows(label, value, pointer);
  if (typeof value !== 'object' || value === null) return [{ label, value: renderText(String(value)), pointer }];
  const entries = Object.entries(value);
  const kind = (value as { kind?: unknown }).kind;
  if (kind === 'none') return [{ label, value: '–', pointer }];
  if (kind === 'given') return leaves(label, (value as { value?: unknown }).value, pointer);
  if (entries.length === 0) return [{ label, value: '–', pointer }];
  return entries.flatMap(([key, inner]) => propertyRows(`${label}.${key}`, key, inner, `${pointer}/${key}`));
}

function listRows(label: string, list: readonly unknown[], pointer: string): Row[] {
  if (list.every((item) => typeof item !== 'object')) return [{ label, value: list.map(String).join(', ') || '–', pointer }];
  return list.flatMap((item, index) => {
    const named = (item as { name?: unknown }).name;
    const key = typeof named === 'string' ? named : String(index);
    const value = item as { name?: unknown; value?: unknown };
    const inner = typeof named === 'string' && typeof value.value === 'string' ? value.value : item;
    return leaves(`${label}.${key}`, inner, `${pointer}/${key}`);
  });
}

/** A text in one line: quoted when it is empty or has line ends or spaces at its ends. */
function renderText(text: string): string {
  return text === '' || /^\s|\s$|[\n\t]/.test(text) ? JSON.stringify(text) : text;
}
