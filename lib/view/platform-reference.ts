/** What the reference says of one key. */
export interface ReferenceKey {
  readonly name: string;
  readonly type: string;
  readonly default: string;
  readonly limits: string;
  readonly doc: string;
}

/** Every key of the platform file, as a page. */
export function renderPlatformReference(keys: readonly ReferenceKey[]): string {
  return keys.map(renderKey).join('\n');
}

function renderKey({ name, type, default: value, limits, doc }: ReferenceKey): string {
  const rows = [doc, `type: ${type}`, `default: ${value === '' ? '–' : value}`, `allowed: ${limits}`];
  return `${name}\n${rows.map((row) => `  ${row}\n`).join('')}`;
}

/** The same for programs. */
export function platformReferenceJson(keys: readonly ReferenceKey[]): object {
  return {
    keys: keys.map(({ name, type, default: value, limits, doc }) => ({
      name,
      type,
      default: value === '' ? null : value,
      limits,
      doc,
    })),
  };
}
