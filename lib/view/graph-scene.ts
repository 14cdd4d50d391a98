import type { Setting } from './graph-text.js';

/** A picture as things with places, in pixels from the upper left corner. Widths of texts are at most what is said. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly SceneBox[];
  readonly texts: readonly SceneText[];
  readonly paths: readonly ScenePath[];
  readonly globes: readonly ScenePoint[];
}

export interface ScenePoint {
  readonly x: number;
  readonly y: number;
}

/** What a box is; its colours follow from it. */
export type BoxKind =
  | 'app'
  | 'absent'
  | 'public'
  | 'internal'
  | 'schedule'
  | 'service'
  | 'cron'
  | 'release'
  | 'run-only'
  | 'off'
  | 'mentions';

export interface SceneBox extends ScenePoint {
  readonly kind: BoxKind;
  readonly width: number;
  readonly height: number;
}

export interface SceneText extends ScenePoint, Setting {
  /** `y` is the base line; `x` the beginning, or the end of a text that ends there. */
  readonly anchor: 'start' | 'end';
  readonly dim: boolean;
  readonly text: string;
  readonly width: number;
}

/** Corners of a line of straight pieces, from the first to the arrow's point. */
export interface ScenePath {
  readonly kind: 'inside' | 'public' | 'mention';
  readonly points: readonly ScenePoint[];
}
