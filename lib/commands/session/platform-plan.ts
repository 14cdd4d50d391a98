import type { JsonObject } from '../../model/json.js';
import type { Plan } from '../../model/plan.js';
import type { StackState } from '../../model/windows.js';
import { platformParameters } from '../../observe/index.js';
import type { PlatformSituation } from '../../release/platform/index.js';
import type { PlatformSession } from './platform-session.js';

/** What a deploy of the platform would do to what there is. Reads only. */
export async function planPlatform(
  { engine, template, compiled }: Pick<PlatformSession, 'engine' | 'template' | 'compiled'>,
  { stack, running }: PlatformSituation,
): Promise<Plan> {
  const [{ planChanges }, after] = await Promise.all([import('../../plan/index.js'), resolved(engine, template)]);
  return planChanges({
    before: running,
    after: template,
    sourceMap: compiled.sourceMap,
    sourceMapBefore: { kind: 'none' },
    parameters: { before: {}, after: {} },
    platform: { before: stack.kind === 'given' && running.kind === 'given' ? resolvedBefore(stack.value) : after, after },
  });
}

/** AWS's own parameters, as the newest image of the system for hosts. One that is not there is CloudFormation's to refuse. */
async function resolved({ windows }: PlatformSession['engine'], template: string): Promise<Readonly<Record<string, string>>> {
  const asked = platformParameters(JSON.parse(template) as JsonObject);
  if (asked.size === 0) return {};
  const values = await windows.parameters.values([...new Set(asked.values())]);
  return Object.fromEntries(
    [...asked].flatMap(([id, name]) => {
      const value = values[name];
      return value === undefined ? [] : [[id, value] as const];
    }),
  );
}

const resolvedBefore = ({ parameters }: StackState): Readonly<Record<string, string>> =>
  Object.fromEntries(
    parameters.flatMap(({ name, resolved: value }) => (value.kind === 'given' ? [[name, value.value] as const] : [])),
  );
