import type { Origin, Origins } from '../model/problem.js';
import type { SourceLocation, SourceMap, Template } from '../model/template.js';

/** Which line of which file made each resource and notable property. */
export function sourceMap(template: Template, origins: Origins): SourceMap {
  const known = new Map<string, SourceLocation>();
  const locate = (pointer: string): SourceLocation => {
    const found = known.get(pointer) ?? location(nearestOrigin(pointer, origins));
    known.set(pointer, found);
    return found;
  };
  const resources = template.resources.map(({ id, type, from, notable }): [string, SourceMap['resources'][string]] => [
    id,
    {
      type,
      from: locations(from, locate),
      properties: Object.fromEntries(Object.entries(notable).map(([path, pointer]) => [path, locate(pointer)])),
    },
  ]);
  return { stack: template.stackName, resources: Object.fromEntries(resources) };
}

/** The origin of a pointer: its own, or that of its nearest ancestor; with no written ancestor a default. */
export function nearestOrigin(pointer: string, origins: Origins): Origin {
  for (let path = pointer; ; path = path.slice(0, path.lastIndexOf('/'))) {
    const origin = origins.get(path);
    if (origin !== undefined) return origin;
    if (!path.includes('/')) return { kind: 'default' };
  }
}

/** Each place once, defaults only when nothing was written. */
function locations(pointers: readonly string[], locate: (pointer: string) => SourceLocation): SourceLocation[] {
  const all = [...new Set(pointers.map(locate))];
  const written = all.filter((place) => place !== 'default');
  return written.length > 0 ? written : all;
}

const location = (origin: Origin): SourceLocation =>
  origin.kind === 'default' ? 'default' : `${origin.file}:${origin.line}:${origin.column}`;
