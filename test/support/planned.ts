import { formatSourceMap, formatTemplate } from '../../lib/compile/format-template.js';
import type { Entry } from '../../lib/model/folder.js';
import type { Plan } from '../../lib/model/plan.js';
import type { SourceMap } from '../../lib/model/template.js';
import { credentialLike } from '../../lib/parse/credential-like.js';
import { parseFolder } from '../../lib/parse/folder.js';
import { allotParsed, compileParsed } from '../../lib/pipeline.js';
import { type PlanInput, planChanges } from '../../lib/plan/index.js';

/** The files of the app `acme-inc`, and `platform`. */
export type Files = Readonly<Record<string, string>>;

export interface Compiled {
  readonly text: string;
  readonly map: SourceMap;
}

/** An app directory, compiled as `empire synth` does, without a disk. */
export function compileFiles(files: Files): Compiled {
  const entry = (name: string, path: string, text: string): Entry => ({
    name,
    path,
    content: { kind: 'bytes', bytes: new TextEncoder().encode(text) },
  });
  const { platform = '', ...own } = files;
  const entries = Object.entries(own).map(([name, text]) => entry(name, `apps/acme-inc/${name}`, text));
  const parsed = parseFolder(
    {
      appsPath: 'apps',
      apps: [{ name: 'acme-inc', path: 'apps/acme-inc', entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) }],
      strays: [],
      platforms: [entry('platform', 'platform', platform)],
      ledger: { kind: 'none' },
    },
    'default',
    { kind: 'none' },
  );
  const { compiled, problems } = compileParsed(parsed, allotParsed(parsed, false).ledger);
  const [app] = compiled;
  if (app === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return { text: formatTemplate(app.template), map: JSON.parse(formatSourceMap(app.sourceMap)) as SourceMap };
}

const NO_VALUES = { before: {}, after: {} };

/** The plan from one app directory to the next; no `before` is a first deploy. */
export function planFiles(before: Files | undefined, after: Files, more: Partial<PlanInput> = {}): Promise<Plan> {
  const now = compileFiles(after);
  const old = before === undefined ? undefined : compileFiles(before);
  return planChanges(
    {
      before: old === undefined ? { kind: 'none' } : { kind: 'given', value: old.text },
      after: now.text,
      sourceMap: now.map,
      sourceMapBefore: old === undefined ? { kind: 'none' } : { kind: 'given', value: old.map },
      parameters: NO_VALUES,
      platform: NO_VALUES,
      ...more,
    },
    {
      hides: (name, value) => credentialLike(name, value) !== undefined,
      references: { before: [], after: [] },
    },
  );
}

/** `web` and `worker`, as the README has them. */
export const ACME: Files = {
  image: 'remind101/acme-inc:v1\n',
  Procfile: 'web: acme-inc server\nworker: acme-inc worker\n',
  env: 'RACK_ENV=staging\nLOG_LEVEL=debug\n',
  scale: 'web=1\nworker=1\n',
};
