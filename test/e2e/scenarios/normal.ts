/** Of the time that a scenario takes; moto's Last-Modified has no milliseconds, and so may be a second too early. */
const SLACK = 2_000;

/** Random parts of names and ids, each with what it becomes. */
const RANDOM: readonly (readonly [RegExp, string])[] = [
  [/sha256:[0-9a-f]{64}/g, 'digest'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id'],
  // Not in quotes: an ETag is the MD5 of the bytes, and the same everywhere.
  [/(?<!")\b[0-9a-f]{32}\b/g, 'id'],
  [/(?<=\b(?:vpc|sg|subnet|eni)-)[0-9a-f]{8,17}\b/g, 'id'],
];

/**
 * Makes values of two accounts comparable: what is random is named after the step that showed it first, so that the same thing in
 * two steps is still the same thing; times become `<time>` when they lie within the scenario, and stay what they are otherwise.
 */
export class Normal {
  private readonly names = new Map<string, string>();

  constructor(private readonly start: number) {}

  valueOf(value: unknown, step: string, now: number): unknown {
    if (typeof value === 'string') return this.text(value, step);
    if (typeof value === 'number') return value >= this.start - SLACK && value <= now + SLACK ? '<time>' : value;
    if (Array.isArray(value)) return value.map((item) => this.valueOf(item, step, now));
    if (typeof value !== 'object' || value === null) return value;
    // A `Given` on one line: what is given, or null.
    if ('kind' in value && value.kind === 'none') return null;
    if ('kind' in value && value.kind === 'given' && 'value' in value) return this.valueOf(value.value, step, now);
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.text(key, step), this.valueOf(inner, step, now)]),
    );
  }

  private text(text: string, step: string): string {
    return RANDOM.reduce((changed, [random, kind]) => changed.replace(random, (found) => this.nameOf(found, kind, step)), text);
  }

  private nameOf(found: string, kind: string, step: string): string {
    const before = this.names.get(found);
    if (before !== undefined) return before;
    const others = [...this.names.values()].filter((name) => name.startsWith(`<${kind} of ${step}`)).length;
    const name = `<${kind} of ${step}${others === 0 ? '' : ` ${others + 1}`}>`;
    this.names.set(found, name);
    return name;
  }
}
