import type { Origin, Place } from '../model/problem.js';

/** Collects where the values of one app were written, by JSON pointer into the App. */
export class OriginsBuilder {
  readonly map: Map<string, Origin> = new Map();

  /** `over`: what this value won against, nearest first. Writing a pointer again replaces its origin. */
  set(pointer: string, place: Place, over: readonly Origin[] = []): void {
    this.map.set(pointer, writtenAt(place, over));
  }
}

/** A place as an origin. A whole file counts from its first character. */
export function writtenAt(place: Place, over: readonly Origin[] = []): Origin {
  const { line, column } = place.kind === 'point' ? place : { line: 1, column: 1 };
  return { kind: 'written', file: place.file, line, column, over };
}

/** One segment of a JSON pointer, escaped (RFC 6901). */
export function pointerSegment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
