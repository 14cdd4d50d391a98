import { EVENT_ID } from 'js-yaml';
import type { Place } from '../../model/problem.js';
import { excerpt } from '../excerpt.js';
import type { Composer } from './compose.js';
import { mergeEntries } from './merge.js';
import type { MapEntry, MapNode, ScalarNode, YamlNode } from './node.js';

/** A mapping, whose own event was already taken: its keys checked, its merges resolved. */
export function composeMap(composer: Composer, depth: number, place: Place): MapNode {
  const own: MapEntry[] = [];
  const seen = new Map<string, Place>();
  let merged: YamlNode | undefined;
  for (let event = composer.next; event !== undefined && event.type !== EVENT_ID.POP; event = composer.next) {
    const keyOffset = 'valueStart' in event ? event.valueStart : composer.lastEnd;
    const key = readKey(composer, depth);
    const value = composer.node(depth, Math.max(keyOffset, 0));
    if (key === undefined || isDuplicate(key, seen, composer)) continue;
    if (key.text === '<<' && key.style === 'plain') merged = value;
    else own.push({ key, value });
  }
  composer.skip();
  return { kind: 'map', place, entries: mergeEntries(own, merged, composer) };
}

function readKey(composer: Composer, depth: number): ScalarNode | undefined {
  const event = composer.next;
  const written = event?.type;
  const key = composer.node(depth, composer.lastEnd);
  if (written === EVENT_ID.SCALAR && key.kind === 'scalar' && !key.isNull) return key;
  const given =
    written === EVENT_ID.MAPPING
      ? 'a mapping'
      : written === EVENT_ID.SEQUENCE
        ? 'a list'
        : written === EVENT_ID.ALIAS
          ? 'an alias'
          : 'nothing';
  // An aliased key has the place of its anchor, which is elsewhere.
  const place = event?.type === EVENT_ID.ALIAS ? composer.places.at(event.anchorStart - 1) : key.place;
  composer.problems.error('yaml-complex-key', place, 'a key is a name', {
    given,
    allowed: 'a plain or quoted name before the `:`',
    hint: 'write the key as a name; to use `{`, `[`, `*` or `~` as text, put it in quotes',
  });
  return undefined;
}

function isDuplicate(key: ScalarNode, seen: Map<string, Place>, composer: Composer): boolean {
  const first = seen.get(key.text);
  if (first === undefined) {
    seen.set(key.text, key.place);
    return false;
  }
  const where = first.kind === 'point' ? ` (first on line ${first.line})` : '';
  composer.problems.error('yaml-duplicate-key', key.place, `\`${excerpt(key.text)}\` is written twice in one mapping${where}`, {
    hint: key.text === '<<' ? 'write one `<<` with a list: `<<: [*a, *b]`' : 'keep one of them',
  });
  return true;
}
