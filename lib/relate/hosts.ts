/** A host in a text, and what stands around it. */
export interface FoundHost {
  /** Lower case, without a dot at its end. */
  readonly host: string;
  readonly port: number | undefined;
  /** `http`, when an URL is written. */
  readonly scheme: string | undefined;
  /** The host, with a port, is the whole text. */
  readonly whole: boolean;
}

const HOST = /(?<![A-Za-z0-9_.-])([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\.?(?::([0-9]{1,5}))?(?![A-Za-z0-9_-])/g;
const SCHEME_BEFORE = /([A-Za-z][A-Za-z0-9+.-]*):\/\/(?:[^\s/@]*@)?$/;

/** A name and a password before a host are never longer. */
const LOOK_BACK = 300;

/** Every word of a text that could be the name of a host, in order. */
export function findHosts(text: string): FoundHost[] {
  return [...text.matchAll(HOST)].map((match) => {
    const before = text.slice(Math.max(0, match.index - LOOK_BACK), match.index);
    const port = match[2] === undefined ? undefined : Number(match[2]);
    return {
      host: (match[1] as string).toLowerCase(),
      port,
      scheme: SCHEME_BEFORE.exec(before)?.[1]?.toLowerCase(),
      whole: port !== undefined && match[0].length === text.trim().length,
    };
  });
}
