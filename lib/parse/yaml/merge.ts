import type { Composer } from './compose.js';
import type { MapEntry, MapNode, YamlNode } from './node.js';

/** A mapping's own entries and, after them, those that `<<` brings: own keys win, then earlier mappings win over later ones. */
export function mergeEntries(own: readonly MapEntry[], merged: YamlNode | undefined, composer: Composer): readonly MapEntry[] {
  if (merged === undefined) return own;
  const all = [...own];
  const seen = new Set(own.map((entry) => entry.key.text));
  for (const map of mergedMaps(merged, composer)) {
    for (const entry of map.entries) {
      if (seen.has(entry.key.text)) continue;
      seen.add(entry.key.text);
      all.push(entry);
    }
  }
  return all;
}

function mergedMaps(node: YamlNode, composer: Composer): MapNode[] {
  const candidates = node.kind === 'list' ? node.items : [node];
  return candidates.filter((candidate): candidate is MapNode => {
    if (candidate.kind === 'map') return true;
    if (composer.unresolved.has(candidate)) return false;
    composer.problems.error('yaml-merge', candidate.place, '`<<` merges mappings only', {
      given: candidate.kind === 'list' ? 'a list' : 'a scalar',
      allowed: 'a mapping, an alias of one, or a list of those',
      hint: 'write `<<: *name`, where `&name` marks a mapping',
    });
    return false;
  });
}
