import { environmentOf } from '../../constructs/task-definition/environment.js';
import type { AppDirectory } from '../../lib/model/folder.js';
import { parseApp } from '../../lib/parse/app.js';
import { assemblePlatform } from '../../lib/parse/platform.js';
import { parseProcfile, type WrittenProcess } from '../../lib/parse/procfile/index.js';
import { SourceText } from '../../lib/parse/source-text.js';
import { splitWords } from '../../lib/parse/words.js';
import { Problems } from '../../lib/problems.js';
import type { Outcome, Vector } from './vectors.js';

const PLACE = { kind: 'file', file: 'vector' } as const;

/** The processes of a Procfile. Empire's word for the form of the file is not compared: one file may mix both here. */
export function processesOf({ input, expected }: Vector): Outcome {
  const problems = new Problems();
  const processes = parseProcfile(new SourceText('Procfile', input), problems);
  if (problems.refused) return { kind: 'refused' };
  const ours = Object.fromEntries(processes.map((process) => [process.name, described(process)]));
  const wanted = Object.entries(expected?.processes ?? {}).map(([name, process]) => [name, inWords(process)]);
  return { kind: 'value', ours, wanted: Object.fromEntries(wanted) };
}

/** Without a Procfile, or with one in the image: here it is one process that runs the image's own command. */
export function fallbackOf({ input, expected }: Vector): Outcome {
  const { processes } = app(input.procfileInImage === null ? {} : { Procfile: input.procfileInImage });
  const ours = processes.map((process) =>
    process.kind === 'off' || process.command.kind === 'image' ? [process.name] : [process.name, ...process.command.words],
  );
  return {
    kind: 'value',
    ours,
    wanted:
      expected.procfile === input.procfileInImage
        ? [['web', ...wordsOf(input.procfileInImage.slice('web: '.length))]]
        : expected.procfile,
  };
}

/** Ports and `PORT` of a `web` without ports. A certificate comes with a name here. */
export function exposureOf({ input, expected }: Vector): Outcome {
  const domains: Record<string, string> =
    input.certs.web === undefined ? {} : { domains: 'example.com cert=arn:aws:acm:us-east-1:123456789012:certificate/c\n' };
  const web = app({ Procfile: 'web: ./bin/web\n', ...domains });
  const [process] = web.processes;
  if (process?.kind !== 'service' || process.exposure.kind !== 'http') return { kind: 'refused' };
  const ports = process.exposure.ports.map(({ balancer, container, protocol }) => ({ host: balancer, container, protocol }));
  const port = environmentOf(web, process).find(({ json }) => json['Name'] === 'PORT');
  return { kind: 'value', ours: { ports, env: { PORT: port?.json['Value'] ?? null } }, wanted: expected };
}

function app(files: Record<string, string>) {
  const entry = ([name, text]: [string, string]) =>
    ({ name, path: `apps/demo/${name}`, content: { kind: 'bytes', bytes: new TextEncoder().encode(text) } }) as const;
  const directory: AppDirectory = {
    name: 'demo',
    path: 'apps/demo',
    entries: Object.entries({ image: 'acme:1\n', ...files }).map(entry),
  };
  const parsed = parseApp(directory, assemblePlatform(new Map(), 'default', new Problems()), ['default']);
  if (parsed.app.kind === 'none') throw new Error(JSON.stringify(parsed.problems));
  return parsed.app.value;
}

/** A process as Empire's probes described it. */
function described({ keys }: WrittenProcess): Record<string, unknown> {
  const { command, noservice, cron, environment, ports, ecs } = keys;
  const orNull = (part: { kind: 'none' } | { kind: 'given'; value: string }) => (part.kind === 'given' ? part.value : null);
  const constraints =
    ecs?.value.placement_constraints?.value.map(({ type, expression }) => ({ type, expression: orNull(expression) })) ?? [];
  const strategy = ecs?.value.placement_strategy?.value.map(({ type, field }) => ({ type, field: orNull(field) })) ?? [];
  return {
    command: command?.value.kind === 'words' ? command.value.words : [],
    ...(noservice === undefined ? {} : { noservice: noservice.value }),
    ...(cron === undefined ? {} : { cron: cron.value.map(({ written }) => written).join() }),
    ...(environment === undefined
      ? {}
      : { environment: Object.fromEntries(environment.value.map(({ name, value }) => [name, value])) }),
    ...(ports === undefined
      ? {}
      : { ports: ports.value.map(({ balancer, container, protocol }) => ({ host: balancer, container, protocol })) }),
    ...(ecs === undefined ? {} : { ecs: { placement_constraints: constraints, placement_strategy: strategy } }),
  };
}

/** Empire's description with its commands split and both placement lists there. */
function inWords(process: unknown): unknown {
  if (typeof process === 'string') return { command: wordsOf(process) };
  const { command, ecs, ...rest } = process as { command?: string | string[]; ecs?: object };
  return {
    ...rest,
    command: typeof command === 'string' ? wordsOf(command) : (command ?? []),
    ...(ecs === undefined ? {} : { ecs: { placement_constraints: [], placement_strategy: [], ...ecs } }),
  };
}

function wordsOf(command: string): readonly string[] {
  const words = splitWords(command, PLACE, new Problems());
  return words.kind === 'given' ? words.value : [];
}
