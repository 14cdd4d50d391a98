import { fields } from './form-readers.js';
import { duration } from './quantity-readers.js';
import type { Reader } from './reader.js';
import type { KeyValues } from './written-process.js';

/** ECS has no setting for the signal; the image has. */
const signal: Reader<string> = {
  read(node, what, problems) {
    problems.error('stop-signal', node.place, `\`${what}\` cannot be set here: ECS sends the signal that the image asks for`, {
      ...(node.kind === 'scalar' ? { given: node.text } : {}),
      allowed: '`stop: {timeout}`',
      hint: 'set `STOPSIGNAL` in the Dockerfile and remove this line',
    });
    return undefined;
  },
  schema: { not: {} },
};

/** `stop`: how long a task may take to end. */
export const stop: Reader<KeyValues['stop']> = fields<{ timeout: number; signal: string }>({
  timeout: duration(0, 86_400),
  signal,
});

const WEEK = 604_800;
const lifetime = duration(1, WEEK);
const DAY = 86_400;

/** `sticky`: `true` is a cookie of one day. */
export const sticky: Reader<KeyValues['sticky']> = {
  read(node, what, problems) {
    const word = node.kind === 'scalar' ? node.text.toLowerCase() : '';
    if (/^(true|yes|on)$/.test(word)) return { kind: 'given', value: DAY };
    if (/^(false|no|off)$/.test(word)) return { kind: 'none' };
    const seconds = lifetime.read(node, what, problems);
    return seconds === undefined ? undefined : { kind: 'given', value: seconds };
  },
  schema: { anyOf: [{ type: 'boolean' }, lifetime.schema, { type: 'string' }] },
};
