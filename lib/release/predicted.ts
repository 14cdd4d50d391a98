import type { Given } from '../model/given.js';
import type { Plan } from '../model/plan.js';
import type { ReleaseKind, ReleaseRecord } from '../model/release.js';
import { updateSeconds } from '../plan/index.js';
import { preparedTemplate, RELEASE_DEFINITION } from './prepared-template.js';
import type { Situation } from './situation.js';
import { parseTemplateObject, resourcesOf } from './template-references.js';

/** Kinds whose release process runs: those that bring other code or other configuration. A rollback's has run before. */
const RUNS_RELEASE_PROCESS: readonly ReleaseKind[] = ['deploy', 'config'];

/** Whether a release of this kind and with this template runs a release process first. */
export function runsReleaseProcess(kind: ReleaseKind, template: string): boolean {
  return RUNS_RELEASE_PROCESS.includes(kind) && Object.hasOwn(resourcesOf(parseTemplateObject(template)), RELEASE_DEFINITION);
}

/** The same plan with the time of what comes before its update: `prepare`, and the release process as long as it took the last time. */
export function withWholeTime(
  plan: Plan,
  situation: Pick<Situation, 'running' | 'recent'>,
  next: { readonly kind: ReleaseKind; readonly template: string },
): Plan {
  if (plan.kind === 'none' || !runsReleaseProcess(next.kind, next.template)) return plan;
  const running = situation.running.kind === 'given' ? situation.running.value : undefined;
  const prepared = preparedTemplate(running, next.template);
  const update = prepared === undefined ? plan.predictedSeconds : inTwo(situation.running, prepared.text, next.template);
  const took = lastReleaseProcess(situation.recent.map(({ record }) => record));
  return took === undefined
    ? { ...plan, predictedSeconds: update, unpredicted: ['the release process'] }
    : { ...plan, predictedSeconds: update + took };
}

/** What `prepare` makes is there when the update comes. */
const inTwo = (running: Given<string>, prepared: string, next: string): number =>
  updateSeconds(running, prepared) + updateSeconds({ kind: 'given', value: prepared }, next);

/** Seconds, to five, of the newest one that ran to its end well; a failed one may have stopped anywhere. */
function lastReleaseProcess(recent: readonly ReleaseRecord[]): number | undefined {
  const ran = recent.filter(({ releaseProcess }) => isDone(releaseProcess));
  const [phase] = ran.flatMap(({ phases }) => phases.filter(({ name }) => name === 'release process'));
  return phase?.endedAt.kind === 'given' ? Math.round((phase.endedAt.value - phase.startedAt) / 5000) * 5 : undefined;
}

const isDone = (run: ReleaseRecord['releaseProcess']): boolean =>
  run.kind === 'given' && run.value.exitCode.kind === 'given' && run.value.exitCode.value === 0;
