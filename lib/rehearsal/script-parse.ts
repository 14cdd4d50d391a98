import type { OutsideCode } from '../model/windows.js';
import { CALLS } from './refusal.js';
import { Fields, refuseScript } from './script-fields.js';
import { REMOVABLE, type ScriptRule, type ScriptStep } from './script-state.js';
import { BEHAVIOURS } from './state.js';
import type { ResourceOperation } from './world.js';

/**
 * Reads a script: a JSON array of steps, or one step as JSON on each line (empty lines and lines that begin with `#` are skipped).
 *
 * ```
 * {"fail": "update", "resource": "WebService"}
 *     CloudFormation fails at this resource. Operations: create, update, delete, rollback (a rollback that gets stuck).
 *     Also: "stack": "empire-acme-inc" (default: any), "reason": "…", "times": 1 (the default) or "always".
 * {"refuse": "stacks.createChangeSet", "code": "throttled"}
 *     A call to the outside is refused: `window.method`, or `*`. Codes: throttled, outside-broken, network, permission-denied,
 *     outside-refused, credentials-expired, credentials-missing. Also: "times".
 * {"push": "remind101/acme-inc:v2", "behaviour": "crash"}
 *     The tag is another image from now on. Behaviours: good (default), missing, crash, unhealthy, slow, arm64, norelease, private.
 * {"remove": "secret", "name": "acme/db"}  and  {"restore": "secret", "name": "acme/db"}
 *     Takes away a secret, parameter, certificate, image or bucket, or a piece that the platform adopts (by its id, name or ARN),
 *     and gives it back.
 * {"stop-task": "web", "reason": "…"}
 *     All tasks of a process die, or one by its id.
 * {"capacity": "none"}  and  {"capacity": "enough"}
 *     No new task can be placed.
 * ```
 *
 * Every step also takes "at": seconds from now (default 0) from which it is in force.
 */
export function parseScript(text: string, file: string, now: number): ScriptRule[] {
  return stepTexts(text, file).map(({ value, where }) => parseRule(value, where, now));
}

interface Found {
  readonly value: unknown;
  readonly where: string;
}

function stepTexts(text: string, file: string): Found[] {
  if (text.trimStart().startsWith('[')) {
    const steps = readJson(text, file);
    return (steps as unknown[]).map((value, index) => ({ value, where: `${file}, step ${index + 1}` }));
  }
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '' || line.trimStart().startsWith('#')) return [];
    const where = `${file}:${index + 1}`;
    return [{ value: readJson(line, where), where }];
  });
}

function readJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuseScript(where, `is not JSON: ${(error as Error).message}`);
  }
}

function parseRule(value: unknown, where: string, now: number): ScriptRule {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuseScript(where, 'a step must be a JSON object');
  const fields = new Fields(value as Record<string, unknown>, where);
  const rule = { at: now + fields.number('at', 0) * 1000, step: parseStep(fields) };
  fields.refuseRest();
  return rule;
}

const OPERATIONS: readonly ResourceOperation[] = ['create', 'update', 'delete', 'rollback'];
const CODES: readonly OutsideCode[] = [
  'throttled',
  'outside-broken',
  'network',
  'permission-denied',
  'outside-refused',
  'credentials-expired',
  'credentials-missing',
];

function parseStep(fields: Fields): ScriptStep {
  if (fields.has('fail')) return parseFail(fields);
  if (fields.has('refuse')) {
    return {
      kind: 'refuse',
      call: fields.word('refuse', ['*', ...CALLS]),
      code: fields.word('code', CODES, 'throttled'),
      times: fields.times(),
    };
  }
  if (fields.has('push')) {
    return { kind: 'push', image: fields.text('push'), behaviour: fields.word('behaviour', BEHAVIOURS, 'good') };
  }
  for (const kind of ['remove', 'restore'] as const) {
    if (fields.has(kind)) return { kind, what: fields.word(kind, REMOVABLE), name: fields.text('name') };
  }
  if (fields.has('stop-task')) {
    return { kind: 'stop-task', task: fields.text('stop-task'), reason: fields.text('reason', 'Task stopped by the script') };
  }
  if (fields.has('capacity')) return { kind: 'capacity', available: fields.word('capacity', ['none', 'enough']) === 'enough' };
  throw refuseScript(fields.where, 'says no step: fail, refuse, push, remove, restore, stop-task or capacity');
}

function parseFail(fields: Fields): ScriptStep {
  return {
    kind: 'fail',
    operation: fields.word('fail', OPERATIONS),
    stack: fields.text('stack', '*'),
    resource: fields.text('resource', '*'),
    reason: fields.text('reason', 'Resource handler returned message: "the script of this rehearsal asked for it"'),
    times: fields.times(),
  };
}
