/** Why a JSON value is not what it should be: `/reason/by: not a text`. */
export class ShapeError extends Error {
  constructor(
    readonly pointer: string,
    readonly what: string,
  ) {
    super(`${pointer}: ${what}`);
    this.name = 'ShapeError';
  }
}

/** Takes a JSON value as `T`, or throws a `ShapeError` that says where it is not. */
export type Shape<T> = (value: unknown, pointer: string) => T;

export const text: Shape<string> = (value, pointer) => {
  if (typeof value !== 'string') throw new ShapeError(pointer, 'not a text');
  return value;
};

export const flag: Shape<boolean> = (value, pointer) => {
  if (typeof value !== 'boolean') throw new ShapeError(pointer, 'neither true nor false');
  return value;
};

export const figure: Shape<number> = (value, pointer) => {
  if (typeof value !== 'number') throw new ShapeError(pointer, 'not a number');
  return value;
};

export const word =
  <const T extends string | number>(...words: readonly T[]): Shape<T> =>
  (value, pointer) => {
    const found = words.find((one) => one === value);
    if (found === undefined) throw new ShapeError(pointer, `none of ${words.join(', ')}`);
    return found;
  };

export const list =
  <T>(item: Shape<T>): Shape<readonly T[]> =>
  (value, pointer) => {
    if (!Array.isArray(value)) throw new ShapeError(pointer, 'not a list');
    return value.map((one, index) => item(one, `${pointer}/${index}`));
  };

/** Any keys, all values alike. */
export const dictionary =
  <T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value, pointer) =>
    Object.fromEntries(Object.entries(plain(value, pointer)).map(([key, one]) => [key, item(one, `${pointer}/${key}`)]));

/** Exactly these keys. */
export const object =
  <T extends object>(shapes: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> =>
  (value, pointer) => {
    const given = plain(value, pointer);
    for (const key of Object.keys(given)) {
      if (!Object.hasOwn(shapes, key)) throw new ShapeError(`${pointer}/${key}`, 'a key that is not known');
    }
    const entries = Object.entries(shapes) as [string, Shape<unknown>][];
    return Object.fromEntries(entries.map(([key, shape]) => [key, field(given, key, shape, pointer)])) as T;
  };

/** A thing that may be left out: `{"kind": "none"}`, or `{"kind": "given", "value": …}`. */
export const given =
  <T>(item: Shape<T>): Shape<{ readonly kind: 'none' } | { readonly kind: 'given'; readonly value: T }> =>
  (value, pointer) => {
    const { kind } = plain(value, pointer);
    if (kind === 'none') return object<{ kind: 'none' }>({ kind: word('none') })(value, pointer);
    return object<{ kind: 'given'; value: T }>({ kind: word('given'), value: item })(value, pointer);
  };

function field(given: Record<string, unknown>, key: string, shape: Shape<unknown>, pointer: string): unknown {
  if (!Object.hasOwn(given, key)) throw new ShapeError(`${pointer}/${key}`, 'missing');
  return shape(given[key], `${pointer}/${key}`);
}

function plain(value: unknown, pointer: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(pointer, 'not an object');
  return value as Record<string, unknown>;
}
