import type { Size } from '../model/app.js';
import type { Given } from '../model/given.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { parseScaleCount, type ScaleCount } from './scale-count.js';
import { isMemory, isNamedSize, parseSize } from './size.js';

/** `process=count:size` taken apart, not yet understood; starts are offsets in the text. */
export interface ScaleParts {
  readonly process: string;
  readonly count: Given<{ readonly text: string; readonly start: number }>;
  readonly size: Given<{ readonly text: string; readonly start: number }>;
}

type PlaceAt = (start: number) => Place;
const NONE = { kind: 'none' } as const;
const PROCESS = /^[a-z][a-z0-9_-]*$/;

/** Takes one `process=…` apart; undefined when it was refused. Relative counts (`=+1`) come through as counts. */
export function splitScale(text: string, at: PlaceAt, problems: Problems): ScaleParts | undefined {
  const equals = text.indexOf('=');
  const process = text.slice(0, Math.max(0, equals));
  if (!PROCESS.test(process)) return refuseLine(text, process, equals, at, problems);
  const value = text.slice(equals + 1);
  const start = equals + 1;
  if (value === '' || value === ':') return refuseLine(text, process, equals, at, problems);
  if (isNamedSize(value)) return { process, count: NONE, size: { kind: 'given', value: { text: value, start } } };
  const colon = value.indexOf(':');
  const countText = colon === -1 ? value : value.slice(0, colon);
  const count = countText === '' ? NONE : ({ kind: 'given', value: { text: countText, start } } as const);
  if (colon === -1) return { process, count, size: NONE };
  const sizeText = value.slice(colon + 1);
  if (isNamedSize(countText)) return refuseLine(text, process, equals, at, problems);
  if (/^[0-9]+$/.test(countText) && isMemory(sizeText.split(':')[0] as string)) {
    return refuseAmbiguous(process, value, at(start), problems);
  }
  return { process, count, size: { kind: 'given', value: { text: sizeText, start: start + colon + 1 } } };
}

/** Understands count and size of what `splitScale` gave. */
export function readScaleParts(
  parts: ScaleParts,
  at: PlaceAt,
  problems: Problems,
): { count: Given<{ value: ScaleCount; place: Place }>; size: Given<{ value: Size; place: Place }> } {
  const { process } = parts;
  const count = understand(parts.count, at, (text, place) => parseScaleCount(text, process, place, problems));
  const size = understand(parts.size, at, (text, place) => parseSize(text, place, problems));
  if (count.kind === 'given' && count.value.value.kind === 'off' && parts.size.kind === 'given') {
    refuseOffSize(process, at(parts.size.value.start), problems);
  }
  return { count, size };
}

export function refuseOffSize(process: string, place: Place, problems: Problems): void {
  problems.error('scale-off-size', place, `\`${process}\` is off and takes no size`, {
    allowed: `\`${process}=off\``,
    hint: `leave the size out, or write \`${process}=0\` with a size to keep the resources without tasks`,
  });
}

function understand<T>(
  part: ScaleParts['count'],
  at: PlaceAt,
  parse: (text: string, place: Place) => Given<T>,
): Given<{ value: T; place: Place }> {
  if (part.kind === 'none') return NONE;
  const place = at(part.value.start);
  const parsed = parse(part.value.text, place);
  return parsed.kind === 'none' ? NONE : { kind: 'given', value: { value: parsed.value, place } };
}

function refuseAmbiguous(process: string, value: string, place: Place, problems: Problems): undefined {
  problems.error('scale-ambiguous-size', place, `\`${process}=${value}\` has a size and no count`, {
    given: `${process}=${value}`,
    allowed: '`process=count:cpu:memory`, or `process=:cpu:memory` to keep the count',
    hint: `did you mean \`${process}=1:${value}\` or \`${process}=:${value}\`?`,
  });
}

function refuseLine(text: string, process: string, equals: number, at: PlaceAt, problems: Problems): undefined {
  problems.error('scale-line', at(0), `\`${text}\` is not a scale`, {
    given: text,
    allowed: '`process=count`, `process=count:size`, `process=:size`',
    hint: lineHint(text, process, equals),
  });
}

function lineHint(text: string, process: string, equals: number): string {
  const heroku = /^([a-z][a-z0-9_-]*?)([+-][0-9]+)$/.exec(text);
  if (heroku !== null) return `did you mean \`${heroku[1]}=${heroku[2]}\`?`;
  const swapped = /^(1x|2x|px):([0-9]+)$/i.exec(text.slice(equals + 1));
  if (swapped !== null && PROCESS.test(process)) return `did you mean \`${process}=${swapped[2]}:${swapped[1]}\`?`;
  const colon = /^([a-z][a-z0-9_-]*):(.+)$/.exec(text);
  if (equals === -1 && colon !== null) return `did you mean \`${colon[1]}=${colon[2]}\`?`;
  const lower = process.toLowerCase();
  if (PROCESS.test(lower) && lower !== process)
    return `process names are lower case: did you mean \`${lower}${text.slice(equals)}\`?`;
  return PROCESS.test(process) ? `write for example \`${process}=1\`` : 'write for example `web=2` or `web=2:1X`';
}
