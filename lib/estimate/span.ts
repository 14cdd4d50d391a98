import type { Span } from '../model/cost.js';

export const NOTHING: Span = { min: 0, max: 0 };

export const scaled = ({ min, max }: Span, factor: number): Span => ({ min: min * factor, max: max * factor });

export function sum(spans: readonly Span[]): Span {
  return spans.reduce((total, { min, max }) => ({ min: total.min + min, max: total.max + max }), NOTHING);
}
