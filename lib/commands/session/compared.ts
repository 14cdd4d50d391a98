import { formatTemplate } from '../../compile/format-template.js';
import { Failure } from '../../failure.js';
import type { Entry, Folder } from '../../model/folder.js';
import type { Given } from '../../model/given.js';
import type { Plan } from '../../model/plan.js';
import type { PinnedReference, ReleaseRecord } from '../../model/release.js';
import type { SourceMap } from '../../model/template.js';
import { FolderParser } from '../../parse/folder.js';
import { compileParsed, hasErrors } from '../../pipeline.js';
import { objectAt, readJson } from '../../plan/template-json.js';
import type { Engine } from '../../release/engine.js';
import { appNamed } from './content.js';
import { draft } from './draft.js';
import type { LocalApp } from './local.js';
import { planWords } from './planner.js';
import { Refusal } from './refusal.js';

/** A template to compare, and what is known of it. */
export interface Side {
  readonly template: string;
  readonly sourceMap: SourceMap;
  readonly images: readonly PinnedReference[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly platform: Readonly<Record<string, string>>;
}

const NOTHING = { images: [], parameters: {}, platform: {} } as const;

/** What would change from a git ref to the directory as it is now. Where nothing that decides it changed, one side is compiled and not two. */
export async function compareWithRef(atRef: FolderAtRef, local: LocalApp): Promise<Plan> {
  const before = atRef.side(local.name);
  const known = before.kind === 'given' && !hasErrors(local.parsed.problems) && atRef.hasSame(local);
  return compareSides(before, known ? before.value : sideOfDirectory(local));
}

/** What would change from one template to another. None before: everything is new. */
export async function compareSides(before: Given<Side>, after: Side): Promise<Plan> {
  const { planChanges } = await import('../../plan/index.js');
  const known = before.kind === 'given' ? before.value : { ...NOTHING, template: '', sourceMap: undefined };
  return planChanges(
    {
      before: before.kind === 'given' ? { kind: 'given', value: known.template } : before,
      after: after.template,
      sourceMap: after.sourceMap,
      sourceMapBefore: before.kind === 'given' ? { kind: 'given', value: before.value.sourceMap } : before,
      parameters: { before: known.parameters, after: after.parameters },
      platform: { before: known.platform, after: after.platform },
    },
    planWords(known.images, after.images),
  );
}

/** A release as it was stored. */
export async function sideOfRelease(engine: Engine, record: ReleaseRecord): Promise<Side> {
  const { History } = await import('../../release/history.js');
  const history = History.of(engine);
  const [template, sourceMap] = await Promise.all([
    history.object(record.content.template),
    history.object(record.content.sourceMap),
  ]);
  const { Release: _, ...parameters } = record.parameters;
  return {
    template,
    sourceMap: JSON.parse(sourceMap) as SourceMap,
    images: record.images,
    parameters: { ...defaultsOf(template), ...parameters },
    platform: record.platform,
  };
}

/** What CloudFormation takes for a parameter that it was not told, as on a first create. */
function defaultsOf(template: string): Record<string, string> {
  const defined = Object.entries(objectAt(readJson(template)?.['Parameters']));
  return Object.fromEntries(
    defined.flatMap(([name, definition]) => {
      const { Type: type, Default: value } = objectAt(definition);
      const ours = name !== 'Release' && typeof value === 'string' && !String(type).startsWith('AWS::SSM::');
      return ours ? [[name, value]] : [];
    }),
  );
}

/** The app directory as it is now, tags not looked up: nothing outside is asked. */
export function sideOfDirectory(local: LocalApp): Side {
  const { compiled } = draft(local, []);
  return sideOf(compiled.template, compiled.sourceMap);
}

/** A folder as a git ref has it: git is asked once, for all apps that are compared. */
export class FolderAtRef {
  private readonly parser: FolderParser;
  private compared: { readonly folder: Folder; readonly same: boolean } | undefined;

  constructor(
    private readonly folder: Folder,
    private readonly ref: string,
    private readonly environment: string,
  ) {
    this.parser = new FolderParser(folder, environment);
  }

  /** Whether all that decides the app's template was what it is now. */
  hasSame({ folder, name }: LocalApp): boolean {
    const [before, now] = [this.folder, folder].map((each) => each.apps.find((app) => app.name === name)?.entries);
    if (before === undefined || now === undefined) return false;
    return this.hasSamePlatform(folder) && isSameEntries(before, now);
  }

  private hasSamePlatform(now: Folder): boolean {
    if (this.compared?.folder !== now)
      this.compared = { folder: now, same: isSameEntries(sharedEntries(this.folder), sharedEntries(now)) };
    return this.compared.same;
  }

  /** The app as it was; none: it was not there. */
  side(name: string): Given<Side> {
    if (!this.folder.apps.some((app) => app.name === name)) return { kind: 'none' };
    const parsed = this.parser.parse({ kind: 'given', value: [name] });
    const { compiled, problems } = compileParsed(parsed, parsed.ledger);
    if (parsed.environments.includes(this.environment) && hasErrors(problems)) throw atRef(problems, this.ref);
    const one = appNamed(compiled, name);
    return one === undefined ? { kind: 'none' } : { kind: 'given', value: sideOf(one.template, one.sourceMap) };
  }
}

/** What every template of a folder may depend on. */
const sharedEntries = ({ platforms, ledger }: Folder): readonly Entry[] =>
  ledger.kind === 'given' ? [...platforms, ledger.value] : platforms;

const isSameEntries = (before: readonly Entry[], now: readonly Entry[]): boolean =>
  before.length === now.length && before.every((entry, index) => isSameEntry(entry, now[index] as Entry));

function isSameEntry({ path, content: before }: Entry, { path: other, content: now }: Entry): boolean {
  if (before.kind !== 'bytes' || now.kind !== 'bytes') return false;
  return path === other && Buffer.compare(before.bytes, now.bytes) === 0;
}

function sideOf(template: Parameters<typeof formatTemplate>[0], sourceMap: SourceMap): Side {
  return { ...NOTHING, template: formatTemplate(template), sourceMap };
}

function atRef(problems: ConstructorParameters<typeof Refusal>[0], ref: string): Failure {
  const first = new Refusal(problems);
  return new Failure(`${first.where} at ${ref}`, first.what, 'compare with a ref whose apps compile', 'ref-refused');
}

/** Whether `--from` names a release and not a git ref. */
export const isRelease = (from: string): boolean => /^v[1-9][0-9]*$/.test(from);
