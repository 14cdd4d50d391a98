/** A JSON value, readonly all the way down. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. Made with `Object.create(null)` or spread from literals; never trust a key from a file to be harmless. */
export interface JsonObject {
  readonly [key: string]: Json;
}
