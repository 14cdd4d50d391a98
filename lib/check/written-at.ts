import type { Origins } from '../model/problem.js';

/** Where the value of a pointer was written, or its nearest ancestor: `apps/acme-inc/secrets:2:1`; empty for a default. */
export function writtenAt(pointer: string, origins: Origins): string {
  for (let path = pointer; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
    const origin = origins.get(path);
    if (origin !== undefined) return origin.kind === 'written' ? `${origin.file}:${origin.line}:${origin.column}` : '';
  }
  return '';
}
