/** Something a person may leave out. Absence is a named case, so nothing downstream writes `??`. */
export type Given<T> = { readonly kind: 'none' } | { readonly kind: 'given'; readonly value: T };
