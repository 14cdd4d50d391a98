import type { JsonObject } from '../../model/json.js';
import type { RehearsalWorld } from '../gate.js';
import { nextTick } from './cron-times.js';
import { findDefinition } from './definitions.js';
import { STOPPED_VISIBLE } from './durations.js';
import { makeTask } from './make-task.js';
import { numberIn, objectIn, textIn } from './properties.js';
import type { SimulatedSchedule } from './state.js';

/** Makes or changes a schedule of EventBridge Scheduler: its next tick is the first one from now. */
export function setSchedule({ state, now }: RehearsalWorld, name: string, properties: JsonObject): void {
  state.services.schedules[name] = { properties, nextAt: tickAfter(properties, now) };
}

export const nextScheduleAt = (schedules: Readonly<Record<string, SimulatedSchedule>>): number =>
  Object.values(schedules).reduce((next, { nextAt }) => Math.min(next, nextAt ?? Infinity), Infinity);

/** Tasks of ticks so long ago that nobody sees them any more are not run: a rehearsal may have been left for weeks. */
export function passOver({ state }: RehearsalWorld, until: number): void {
  for (const schedule of Object.values(state.services.schedules)) {
    const since = until - 2 * STOPPED_VISIBLE;
    if ((schedule.nextAt ?? Infinity) < since) schedule.nextAt = tickAfter(schedule.properties, since);
  }
}

/** Starts the tasks of what is due. Without capacity a tick is lost. */
export function tickSchedules(world: RehearsalWorld, now: number): void {
  for (const [name, schedule] of Object.entries(world.state.services.schedules)) {
    if ((schedule.nextAt ?? Infinity) > now) continue;
    schedule.nextAt = tickAfter(schedule.properties, now);
    if (!world.state.script.noCapacity) startTasks(world, name, schedule.properties);
  }
}

function startTasks(world: RehearsalWorld, name: string, properties: JsonObject): void {
  const target = objectIn(properties, 'Target');
  const parameters = objectIn(target, 'EcsParameters');
  const definition = findDefinition(world, textIn(parameters, 'TaskDefinitionArn', ''));
  if (definition?.active !== true) return;
  const cluster = textIn(target, 'Arn', '').split('/').at(-1) ?? '';
  const who = { service: null, deployment: null, group: `family:${definition.family}`, startedBy: `chronos-schedule/${name}` };
  for (let task = 0; task < numberIn(parameters, 'TaskCount', 1); task += 1)
    makeTask(world, { ...who, definition, cluster, command: [] });
}

/** JSON knows no Infinity. */
function tickAfter(properties: JsonObject, after: number): number | null {
  if (textIn(properties, 'State', 'ENABLED') !== 'ENABLED') return null;
  const expression = textIn(properties, 'ScheduleExpression', '');
  const at = nextTick(expression, textIn(properties, 'ScheduleExpressionTimezone', 'UTC'), after);
  return at === Infinity ? null : at;
}
