import type { Place } from '../../model/problem.js';

/**
 * One value of a YAML file with its position. Anchors, aliases and merges are resolved: the tree is complete, and nodes that
 * came through an alias are shared, never changed.
 */
export type YamlNode = ScalarNode | MapNode | ListNode;

/** A scalar as text; what it means is decided by its key. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly text: string;
  readonly style: 'plain' | 'quoted' | 'block';
  /** A plain `~`, or nothing at all. */
  readonly isNull: boolean;
  readonly place: Place;
}

export interface MapEntry {
  readonly key: ScalarNode;
  readonly value: YamlNode;
}

/** Keys are unique; in the order written, merged ones last. */
export interface MapNode {
  readonly kind: 'map';
  readonly place: Place;
  readonly entries: readonly MapEntry[];
}

export interface ListNode {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly YamlNode[];
}
