import type { Given } from '../model/given.js';
import type { Plan } from '../model/plan.js';
import type { ReleaseContent, ReleaseRecord } from '../model/release.js';
import type { SourceMap } from '../model/template.js';
import { planChanges, sameTemplate } from '../plan/index.js';
import { objectAt } from '../plan/template-json.js';
import { shaOf } from './content-store.js';
import type { Engine } from './engine.js';
import { guardOf } from './guard.js';
import { History } from './history.js';
import { notComingBack } from './not-coming-back.js';
import { carriedContent } from './rollback-content.js';
import { checkStored } from './rollback-preflight.js';
import { type RollbackRequest, type RollbackResult, rollbackReason } from './rollback-request.js';
import type { Situation } from './situation.js';
import { isBusy } from './stack-states.js';
import type { Submission } from './submission.js';
import { submit } from './submit.js';
import { parseTemplateObject } from './template-references.js';

/** The update to what a release was: checked, planned, approved, and begun. */
export async function rollForward(
  engine: Engine,
  situation: Situation,
  request: RollbackRequest,
  target: ReleaseRecord,
): Promise<RollbackResult> {
  const { current, recent } = situation;
  const { content, notes } = await carriedContent(engine, target, request.withScale ? NONE : current);
  const platform = await checkStored(engine, target, content.template);
  const [served, servedMap] = current.kind === 'given' ? await readServed(engine, current.value) : [undefined, NONE];
  const wanted = { content, platform, served, servedMap };
  const replan = planner(engine, situation, request, wanted);
  const plan = await replan(runningOf(situation, served));
  if (plan.kind === 'none' && current.kind === 'given') return alike(current.value, target);
  const records = recent.map(({ record }) => record);
  const lost = notComingBack(target, content.template, served, records);
  const allowed = await request.approve({ target, current, plan, notes: [...notes, ...lost] });
  const submission = submissionOf(situation, request, target, { ...wanted, plan, replan, allowed });
  return { kind: 'submitted', hold: await submit(engine, situation, submission), target };
}

const NONE = { kind: 'none' } as const;

/** What the current release was compiled to, and from which lines. */
async function readServed(engine: Engine, { content }: ReleaseRecord): Promise<[string, Given<SourceMap>]> {
  const history = History.of(engine);
  const [template, map] = await Promise.all([history.object(content.template), history.object(content.sourceMap)]);
  return [template, { kind: 'given', value: JSON.parse(map) as SourceMap }];
}

/** While CloudFormation goes back it is not said which template it has: it will be the one that served. */
function runningOf({ stack, running }: Situation, served: string | undefined): Given<string> {
  const goesBack = stack.kind === 'given' && isBusy(stack.value.status);
  return goesBack && served !== undefined ? { kind: 'given', value: served } : running;
}

function submissionOf(
  { current }: Situation,
  request: RollbackRequest,
  target: ReleaseRecord,
  { served, servedMap: _, ...wanted }: Wanted & Pick<Submission, 'plan' | 'replan' | 'allowed'>,
): Submission {
  return {
    ...wanted,
    reason: rollbackReason(request, target.number),
    rollbackTo: { kind: 'given', value: target.number },
    parameters: {},
    guard: guardFrom(current, served, target, wanted.content.template),
    notes: [],
    queue: 'supersede',
    timeoutSeconds: request.timeoutSeconds,
    keepImages: request.keepImages,
  };
}

/** Another number, and nothing else: `v9 already serves as v11`. */
const alike = (current: ReleaseRecord, target: ReleaseRecord): RollbackResult => ({
  kind: 'serves',
  record: current,
  target,
  text: `v${target.number} already serves as v${current.number}`,
});

function guardFrom(current: Given<ReleaseRecord>, served: string | undefined, target: ReleaseRecord, template: string) {
  if (current.kind === 'none' || served === undefined) return { kind: 'none' } as const;
  return guardOf({ number: current.value.number, template: served }, { number: target.number, template });
}

interface Wanted {
  readonly content: ReleaseContent;
  readonly platform: Readonly<Record<string, string>>;
  /** What the current release was compiled to. */
  readonly served: string | undefined;
  readonly servedMap: Given<SourceMap>;
}

function planner(
  engine: Engine,
  { stack, current, running: known }: Situation,
  request: RollbackRequest,
  { content, platform, served, servedMap }: Wanted,
): (running: Given<string>) => Promise<Plan> {
  const names = Object.keys(objectAt(parseTemplateObject(content.template)['Parameters'])).filter((name) => name !== 'Release');
  const has = stack.kind === 'given' ? stack.value.parameters.filter(({ name }) => names.includes(name)) : [];
  const plain = Object.fromEntries(
    has.filter(({ resolved }) => resolved.kind === 'none').map(({ name, value }) => [name, value]),
  );
  const resolved = Object.fromEntries(
    has.flatMap((one) => (one.resolved.kind === 'given' ? [[one.name, one.resolved.value]] : [])),
  );
  return async (running) =>
    planChanges(
      {
        before: await baseline(engine, running, current, served),
        after: content.template,
        sourceMap: JSON.parse(content.sourceMap) as SourceMap,
        sourceMapBefore: servedMap,
        parameters: { before: plain, after: plain },
        // a stack that was made since then has the values of now
        platform: { before: known.kind === 'given' ? resolved : platform, after: platform },
      },
      request.words(current, content.images),
    );
}

/** What CloudFormation was given for one update only does not count: then what that release was compiled to does. */
async function baseline(
  engine: Engine,
  running: Given<string>,
  current: Given<ReleaseRecord>,
  served: string | undefined,
): Promise<Given<string>> {
  if (running.kind === 'none' || current.kind === 'none' || served === undefined) return running;
  const { submitted } = current.value.content;
  if (submitted.kind === 'none') return running;
  const isOurs =
    submitted.value === shaOf(running.value) || sameTemplate(await History.of(engine).object(submitted.value), running.value);
  return isOurs ? { kind: 'given', value: served } : running;
}
