/** S3 lists in order of the UTF-8 bytes of the keys. */
export const compareKeys = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
