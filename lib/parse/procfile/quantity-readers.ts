import type { Problems } from '../../problems.js';
import type { ScalarNode } from '../yaml/node.js';
import { asScalar, type Reader } from './reader.js';

/** A whole number between two limits, both included. */
export function wholeNumber(min: number, max: number): Reader<number> {
  return {
    read(node, what, problems) {
      const scalar = asScalar(node, what, `a number, ${min}-${max}`, problems);
      if (scalar === undefined) return undefined;
      if (!/^[0-9]{1,15}$/.test(scalar.text)) {
        problems.error('procfile-number', scalar.place, `\`${what}\` is not a whole number`, {
          given: scalar.text,
          allowed: `${min}-${max}`,
          hint: 'write decimal digits only',
        });
        return undefined;
      }
      return within(Number(scalar.text), min, max, scalar, what, `${min}-${max}`, problems);
    },
    schema: {
      anyOf: [
        { type: 'integer', minimum: min, maximum: max },
        { type: 'string', pattern: '^[0-9]+$' },
      ],
    },
  };
}

export function percent(min: number, max: number): Reader<number> {
  return {
    read(node, what, problems) {
      const scalar = asScalar(node, what, 'a percentage such as `70`', problems);
      if (scalar === undefined) return undefined;
      const match = /^([0-9]{1,9})%?$/.exec(scalar.text);
      if (match === null) {
        problems.error('procfile-percent', scalar.place, `\`${what}\` is not a percentage`, {
          given: scalar.text,
          allowed: `${min}-${max}, with or without \`%\``,
          hint: 'write a whole number such as `70` or `70%`',
        });
        return undefined;
      }
      return within(Number(match[1]), min, max, scalar, what, `${min}-${max}`, problems);
    },
    schema: {
      anyOf: [
        { type: 'integer', minimum: min, maximum: max },
        { type: 'string', pattern: '^[0-9]+%?$' },
      ],
    },
  };
}

const UNIT_SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** A duration in seconds; the limits are seconds too. */
export function duration(min: number, max: number): Reader<number> {
  return {
    read(node, what, problems) {
      const scalar = asScalar(node, what, 'a duration such as `30s`', problems);
      if (scalar === undefined) return undefined;
      const match = /^([0-9]{1,9})([smh])?$/.exec(scalar.text);
      if (match === null) {
        problems.error('procfile-duration', scalar.place, `\`${what}\` is not a duration`, {
          given: scalar.text,
          allowed: '`30` or `30s` (seconds), `5m`, `1h`',
          hint: 'write whole seconds, minutes or hours',
        });
        return undefined;
      }
      const seconds = Number(match[1]) * UNIT_SECONDS[(match[2] ?? 's') as keyof typeof UNIT_SECONDS];
      return within(seconds, min, max, scalar, what, `${min}s-${max}s`, problems);
    },
    schema: {
      anyOf: [
        { type: 'integer', minimum: 0 },
        { type: 'string', pattern: '^[0-9]+[smh]?$' },
      ],
    },
  };
}

/** A duration that AWS counts in whole minutes. */
export function minutes(min: number, max: number): Reader<number> {
  const seconds = duration(min * 60, max * 60);
  return {
    read(node, what, problems) {
      const value = seconds.read(node, what, problems);
      if (value === undefined) return undefined;
      if (value % 60 === 0) return value / 60;
      problems.error('procfile-minutes', node.place, `\`${what}\` is not a whole number of minutes`, {
        given: `${value}s`,
        allowed: `${min}m-${max}m`,
        hint: `write \`${Math.max(1, Math.round(value / 60))}m\``,
      });
      return undefined;
    },
    schema: seconds.schema,
  };
}

/** Memory in MiB; a unit is needed, 1024-based. A part of a MiB counts as one. */
export function memory(min: number, max: number): Reader<number> {
  return {
    read(node, what, problems) {
      const scalar = asScalar(node, what, 'an amount of memory such as `64mb`', problems);
      if (scalar === undefined) return undefined;
      const match = /^([0-9]{1,9}(?:\.[0-9]{1,9})?) ?(mb|m|mib|gb|g|gib)$/i.exec(scalar.text);
      if (match === null) {
        problems.error('procfile-memory', scalar.place, `\`${what}\` is not an amount of memory`, {
          given: scalar.text,
          allowed: 'a number and a unit: mb, m, mib, gb, g, gib',
          hint: 'write it with its unit, such as `64mb` or `1.5gb`',
        });
        return undefined;
      }
      const factor = (match[2] as string).toLowerCase().startsWith('g') ? 1024 : 1;
      return within(Math.ceil(Number(match[1]) * factor), min, max, scalar, what, `${min}mb-${max}mb`, problems);
    },
    schema: { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)? ?([mMgG]|[mMgG][iI]?[bB])$' },
  };
}

function within(value: number, min: number, max: number, at: ScalarNode, what: string, allowed: string, problems: Problems) {
  if (value >= min && value <= max) return value;
  problems.error('procfile-range', at.place, `\`${what}\` is out of range`, {
    given: at.text,
    allowed,
    hint: value < min ? `the least is ${allowed.split('-')[0]}` : `the most is ${allowed.split('-')[1]}`,
  });
  return undefined;
}
