import type { Problems } from '../../problems.js';
import { fields, plainListOf } from './form-readers.js';
import { cronExpression } from './key-cron.js';
import { percent, wholeNumber } from './quantity-readers.js';
import type { Reader } from './reader.js';
import { textLike } from './scalar-readers.js';
import type { WrittenAutoscale, WrittenCron } from './written-process.js';

type Values = { [K in keyof WrittenAutoscale]-?: NonNullable<WrittenAutoscale[K]>['value'] };
type ScheduleItem = Values['schedule'][number];

const queueFields = fields<{ name: string; per_task: number }>(
  {
    name: textLike(
      /^[A-Za-z0-9_-]{1,80}(\.fifo)?$/,
      'the name of an SQS queue',
      'write the name of the queue, not its URL or ARN',
    ),
    per_task: wholeNumber(1, 1_000_000),
  },
  ['name', 'per_task'],
);

const queue: Reader<Values['queue']> = {
  read(node, what, problems) {
    const found = queueFields.read(node, what, problems);
    if (found?.name === undefined || found.per_task === undefined) return undefined;
    return { name: found.name.value, perTask: found.per_task.value };
  },
  schema: queueFields.schema,
};

const scheduleFields = fields<{ cron: WrittenCron; min: number; max: number }>(
  { cron: cronExpression, min: wholeNumber(0, 5000), max: wholeNumber(0, 5000) },
  ['cron', 'min', 'max'],
);

const scheduled: Reader<ScheduleItem> = {
  read(node, what, problems) {
    const found = scheduleFields.read(node, what, problems);
    if (found?.cron === undefined || found.min === undefined || found.max === undefined) return undefined;
    if (found.min.value <= found.max.value)
      return { expression: found.cron.value.expression, min: found.min.value, max: found.max.value };
    problems.error('autoscale-schedule-range', found.min.place, `\`${what}\` has a min above its max`, {
      given: `min ${found.min.value}, max ${found.max.value}`,
      allowed: 'min at most max',
      hint: 'swap the two',
    });
    return undefined;
  },
  schema: scheduleFields.schema,
};

const settings = fields<Values>({
  cpu: percent(1, 100),
  memory: percent(1, 100),
  requests: wholeNumber(1, 100_000_000),
  queue,
  schedule: plainListOf(scheduled, 'a list of `{cron, min, max}`'),
});

/** `autoscale`: what moves the count inside the range of `scale`. */
export const autoscale: Reader<WrittenAutoscale> = {
  read(node, what, problems: Problems) {
    const before = problems.all.length;
    const found = settings.read(node, what, problems);
    if (found === undefined || problems.all.length > before) return found;
    const { cpu, memory, requests, queue: backlog, schedule } = found;
    if (cpu || memory || requests || backlog || (schedule && schedule.value.length > 0)) return found;
    problems.error('autoscale-empty', node.place, `\`${what}\` says nothing`, {
      allowed: 'at least one of cpu, memory, requests, queue, schedule',
      hint: 'write `autoscale: {cpu: 70}`, or remove the key',
    });
    return undefined;
  },
  schema: settings.schema,
};
