import type { Place } from '../../model/problem.js';
import type { Problems } from '../../problems.js';

/** How many values a file may hold once aliases are expanded. */
export const MAX_NODES = 10_000;
/** How deep collections may nest, aliases expanded. */
export const MAX_DEPTH = 50;

/** Counts values as if every alias were written out, and stops the reading (once, with one problem) when it is too much. */
export class Budget {
  nodes = 0;
  /** The deepest nesting met since it was last set. */
  deepest = 0;
  spent = false;

  constructor(private readonly problems: Problems) {}

  /** Adds `nodes` values of which the deepest stands inside `depth` collections. */
  take(nodes: number, depth: number, place: Place): void {
    if (this.spent) return;
    this.nodes += nodes;
    if (depth > this.deepest) this.deepest = depth;
    if (this.nodes > MAX_NODES) this.refuseSize(place);
    else if (depth > MAX_DEPTH) this.refuseDepth(place);
  }

  refuseDepth(place: Place): void {
    this.spent = true;
    this.problems.error('yaml-too-deep', place, 'this file nests too deeply', {
      allowed: `${MAX_DEPTH} levels of mappings and lists`,
      hint: 'flatten it; the keys of a process need a few levels only',
    });
  }

  private refuseSize(place: Place): void {
    this.spent = true;
    this.problems.error('yaml-too-large', place, 'this file holds too many values, counting every alias as what it stands for', {
      allowed: `${MAX_NODES} values`,
      hint: 'use fewer aliases, or split the app',
    });
  }
}
