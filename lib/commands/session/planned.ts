import type { App } from '../../model/app.js';
import type { Folder } from '../../model/folder.js';
import type { Given } from '../../model/given.js';
import type { JsonObject } from '../../model/json.js';
import type { Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import type { PinnedReference, ReleaseContent } from '../../model/release.js';
import type { RegistryWindow } from '../../model/windows.js';
import type { CompiledApp } from '../../pipeline.js';
import type { withWholeTime } from '../../release/predicted.js';
import type { Situation } from '../../release/situation.js';
import type { Change } from './change.js';
import { checkRelease } from './checked.js';
import { contentOf } from './content.js';
import { compilePinned, draft } from './draft.js';
import type { FileEdit } from './edits.js';
import { directoryOf } from './local.js';
import { mapOfGone } from './map-of-gone.js';
import type { AppSession } from './open.js';
import { planner } from './planner.js';

/** A release that could be made: everything is decided, nothing is written. */
export interface PlannedRelease {
  readonly edits: readonly FileEdit[];
  readonly folder: Folder;
  /** With digests. */
  readonly app: App;
  readonly content: ReleaseContent;
  /** Only those the command changes. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly platform: Readonly<Record<string, string>>;
  readonly situation: Situation;
  readonly plan: Plan;
  readonly replan: (running: Given<string>) => Promise<Plan>;
  /** Warnings and notes of the directory. */
  readonly problems: readonly Problem[];
}

/** Steps 1 to 5 of a deploy: whether it can be made (`checked`), and what it would do. Only reads. */
export async function planRelease(
  session: AppSession,
  change: Pick<Change, 'kind' | 'edit' | 'pins' | 'parameters'>,
  checks: 'checked' | 'unchecked' = 'checked',
): Promise<PlannedRelease> {
  const drafted = draft(session, change.edit(session.folder, directoryOf(session.folder, session.name)));
  const asked = drafted.compiled;
  const registry = remembered(session.windows.registry);
  const reading = readCurrent(session);
  const values = readPlatform(session, asked);
  const checking = async (app: App) =>
    checks === 'unchecked' ? undefined : checkRelease({ session, compiled: asked, app, registry, situation: reading, values });
  const [situation, platform, sourceMapBefore, fresh] = await firstInOrder([
    reading,
    values,
    reading.then((now) => mapOfGone(session.engine, now, asked.template)),
    change.pins === 'fresh' ? pin(registry, asked.app, []) : undefined,
    change.pins === 'fresh' ? checking(asked.app) : undefined,
  ]);
  const pinned = fresh ?? (await pin(registry, asked.app, imagesOf(situation)));
  if (fresh === undefined) await checking(pinned.app);
  const compiled = compilePinned(session, drafted, pinned.app);
  const content = contentOf(compiled, drafted.folder, pinned.images);
  const parameters = change.parameters(compiled.app.processes.map(({ name }) => name));
  const replan = planner(session, { content, parameters, platform, situation, compiled, sourceMapBefore });
  const { edits, folder, problems } = drafted;
  const plan = await wholeTime(await replan(situation.running), situation, { kind: change.kind, template: content.template });
  return { edits, folder, app: compiled.app, content, parameters, platform, situation, plan, replan, problems };
}

async function wholeTime(...asked: Parameters<typeof withWholeTime>): Promise<Plan> {
  return (await import('../../release/predicted.js')).withWholeTime(...asked);
}

/** All at once. What went wrong is told in this order, not in the order of the answers: the same mistake has the same words each time. */
async function firstInOrder<T extends readonly unknown[]>(all: readonly [...T]): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const ended = await Promise.allSettled(all);
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return ended.map((one) => (one as PromiseFulfilledResult<unknown>).value) as { [K in keyof T]: Awaited<T[K]> };
}

const imagesOf = ({ current }: Situation): readonly PinnedReference[] => (current.kind === 'given' ? current.value.images : []);

/** A registry that is asked once for each image. */
function remembered(registry: RegistryWindow): RegistryWindow {
  const answers = new Map<string, ReturnType<RegistryWindow['resolve']>>();
  return {
    keep: (image, tag) => registry.keep(image, tag),
    resolve: (image) => {
      const key = JSON.stringify(image);
      const answer = answers.get(key) ?? registry.resolve(image);
      answers.set(key, answer);
      return answer;
    },
  };
}

async function readCurrent({ engine }: AppSession): Promise<Situation> {
  const { readSituation } = await import('../../release/situation.js');
  return readSituation(engine);
}

async function readPlatform({ windows }: AppSession, { template }: CompiledApp): Promise<Readonly<Record<string, string>>> {
  const { readPlatformValues } = await import('../../observe/index.js');
  const { formatTemplate } = await import('../../compile/format-template.js');
  return readPlatformValues(windows, JSON.parse(formatTemplate(template)) as JsonObject);
}

async function pin(registry: RegistryWindow, app: App, known: readonly PinnedReference[]) {
  const { pinImages } = await import('../../pin/index.js');
  return pinImages(app, registry, known);
}
