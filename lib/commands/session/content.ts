import { formatSourceMap, formatTemplate } from '../../compile/format-template.js';
import type { App, Process, Size } from '../../model/app.js';
import type { Entry, Folder } from '../../model/folder.js';
import type { PinnedReference, ReleaseContent, ReleasedProcess } from '../../model/release.js';
import type { CompiledApp } from '../../pipeline.js';
import { renderCount, renderSize } from '../../view/values.js';

/** What is released: the compiled bytes, and the directory they came from. */
export function contentOf(
  { app, template, sourceMap }: CompiledApp,
  folder: Folder,
  images: readonly PinnedReference[],
): ReleaseContent {
  return {
    template: formatTemplate(template),
    sourceMap: formatSourceMap(sourceMap),
    files: filesOf(folder, app.name),
    images,
    processes: app.processes.map(releasedProcess),
  };
}

/** The app directory and the platform files: path relative to the root → text, sorted. */
function filesOf(folder: Folder, app: string): Record<string, string> {
  const own = folder.apps.find(({ name }) => name === app)?.entries ?? [];
  const ledger: readonly Entry[] = folder.ledger.kind === 'given' ? [folder.ledger.value] : [];
  const texts = [...own, ...folder.platforms, ...ledger].flatMap(({ path, content }): [string, string][] =>
    content.kind === 'bytes' ? [[path, new TextDecoder().decode(content.bytes)]] : [],
  );
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the release says about one process. */
export function releasedProcess(process: Process): ReleasedProcess {
  if (process.kind === 'off')
    return {
      name: process.name,
      kind: 'off',
      count: 'off',
      size: { cpu: 0, memoryMiB: 0, nproc: 0, name: 'none' },
      command: [],
    };
  return {
    name: process.name,
    kind: process.kind,
    count: countOf(process),
    size: sizeOf(process.size.asked),
    command: process.command.kind === 'words' ? process.command.words : [],
  };
}

function countOf(process: Exclude<Process, { kind: 'off' }>): string {
  if (process.kind === 'service') return renderCount(process.count);
  return process.kind === 'cron' ? String(process.tasks) : '';
}

/** The name is one word for programs: `1X`, or `256-128mb`. */
function sizeOf(size: Size): ReleasedProcess['size'] {
  const rendered = renderSize(size);
  return {
    cpu: size.cpu,
    memoryMiB: size.memoryMiB,
    nproc: size.nproc.kind === 'given' ? size.nproc.value : 0,
    name: /^[\w-]+$/.test(rendered) ? rendered : `${size.cpu}-${size.memoryMiB}mb`,
  };
}

/** The app of a compiled folder, when it is there. */
export function appNamed(compiled: readonly CompiledApp[], name: string): CompiledApp | undefined {
  return compiled.find(({ app }: { app: App }) => app.name === name);
}
