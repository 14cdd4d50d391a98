import type { Problems } from '../../problems.js';
import type { YamlNode } from '../yaml/node.js';
import { fields } from './form-readers.js';
import { readWords } from './key-command.js';
import { duration, wholeNumber } from './quantity-readers.js';
import { asScalar, type Reader } from './reader.js';
import type { WrittenHealth } from './written-process.js';

/** Every 5 s, 2 checks: a new target needs one passing check, so the interval decides how fast a deploy is. */
export const HEALTH_DEFAULTS = {
  path: '/',
  intervalSeconds: 5,
  timeoutSeconds: 4,
  healthy: 2,
  unhealthy: 2,
  graceSeconds: 120,
} as const;

const path: Reader<string> = {
  read(node, what, problems) {
    const scalar = asScalar(node, what, 'a path such as `/health`', problems);
    if (scalar === undefined || /^\/[\x21-\x7e]{0,1023}$/.test(scalar.text)) return scalar?.text;
    problems.error('health-path', scalar.place, `\`${scalar.text}\` is not a path`, {
      given: scalar.text,
      allowed: '`/` and up to 1,023 printable characters without spaces',
      hint: 'write the path alone, such as `/health`',
    });
    return undefined;
  },
  schema: { type: 'string', pattern: '^/' },
};

const codes: Reader<string> = {
  read(node, what, problems) {
    const scalar = asScalar(node, what, 'codes such as `200-299` or `200,204`', problems);
    if (scalar === undefined || areCodes(scalar.text)) return scalar?.text;
    problems.error('health-codes', scalar.place, `\`${scalar.text}\` are not HTTP status codes`, {
      given: scalar.text,
      allowed: '200-499: codes and ranges, separated by commas without spaces',
      hint: 'write `200-299`, `200,204` or the like',
    });
    return undefined;
  },
  schema: {
    anyOf: [
      { type: 'integer', minimum: 200, maximum: 499 },
      { type: 'string', pattern: '^[2-4][0-9,-]+$' },
    ],
  },
};

function areCodes(text: string): boolean {
  return text.split(',').every((part) => {
    const match = /^([2-4][0-9]{2})(?:-([2-4][0-9]{2}))?$/.exec(part);
    return match !== null && (match[2] === undefined || Number(match[1]) < Number(match[2]));
  });
}

const KINDS = new Set(['CMD', 'CMD-SHELL']);

const check: Reader<readonly string[]> = {
  read(node, what, problems) {
    const words = readWords(node, what, problems);
    if (words === undefined) return undefined;
    if (words.length > (KINDS.has(words[0] ?? '') ? 1 : 0)) return KINDS.has(words[0] as string) ? words : ['CMD', ...words];
    problems.error('health-command', node.place, `\`${what}\` has no words`, {
      hint: 'write the program that checks, or remove the key',
    });
    return undefined;
  },
  schema: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: ['string', 'number', 'boolean'] } }] },
};

const settings = fields<{ [K in keyof WrittenHealth]-?: NonNullable<WrittenHealth[K]>['value'] }>({
  path,
  codes,
  interval: duration(5, 300),
  timeout: duration(2, 120),
  healthy: wholeNumber(2, 10),
  unhealthy: wholeNumber(2, 10),
  grace: duration(0, 2_147_483_647),
  command: check,
});

/** `health`: the path, or a map. */
export const health: Reader<WrittenHealth> = {
  read(node, what, problems) {
    if (node.kind === 'scalar') {
      const value = path.read(node, what, problems);
      return value === undefined ? undefined : { path: { value, place: node.place } };
    }
    const found = settings.read(node, what, problems);
    if (found === undefined) return undefined;
    refuseSlow(found, node, what, problems);
    refuseLong(found, what, problems);
    return found;
  },
  schema: { anyOf: [path.schema, settings.schema] },
};

/** ECS allows a check inside the container half the time that a load balancer allows. */
const CONTAINER_TIMEOUT = 60;

function refuseSlow(found: WrittenHealth, node: YamlNode, what: string, problems: Problems): void {
  const interval = found.interval?.value ?? HEALTH_DEFAULTS.intervalSeconds;
  const timeout = found.timeout?.value ?? HEALTH_DEFAULTS.timeoutSeconds;
  if (timeout < interval) return;
  const place = found.timeout?.place ?? found.interval?.place ?? node.place;
  problems.error('health-timeout', place, `\`${what}\` has a timeout that is not shorter than its interval`, {
    given: `timeout ${timeout}s, interval ${interval}s`,
    allowed: 'a timeout under the interval',
    hint: `write \`interval: ${timeout + 1}s\`, or a shorter timeout`,
  });
}

function refuseLong({ command, timeout }: WrittenHealth, what: string, problems: Problems): void {
  if (command === undefined || timeout === undefined || timeout.value <= CONTAINER_TIMEOUT) return;
  problems.error('health-command-timeout', timeout.place, `\`${what}.command\` is given at most ${CONTAINER_TIMEOUT} seconds`, {
    given: `${timeout.value}s`,
    allowed: `2s-${CONTAINER_TIMEOUT}s`,
    hint: `write \`timeout: ${CONTAINER_TIMEOUT}s\` or less`,
  });
}
