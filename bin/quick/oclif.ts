import { type ArgSpec, type FlagSpec, type ReadWords, readWords } from './words.js';

/**
 * What our commands use of `@oclif/core`, for a bundle that starts fast: the build puts it in oclif's place. A line that it cannot read
 * with certainty is given to oclif.
 */

/** Thrown by `parse` before a command has done anything. */
export class LeftToOclif extends Error {}

/** A declaration of a flag or an argument: oclif's options, kept as they are. */
type Declared = Readonly<Record<string, unknown>>;

const option = (options: Declared = {}) => ({ ...options, type: 'option' as const });

export const Flags = {
  string: option,
  boolean: (options: Declared = {}) => ({ ...options, type: 'boolean' as const }),
  option:
    (options: Declared) =>
    (more: Declared = {}) =>
      option({ ...options, ...more }),
};

export const Args = { string: (options: Declared = {}) => options };

/** What `parse` needs to know of a command. */
export interface Declaration {
  readonly flags: Readonly<Record<string, FlagSpec>>;
  readonly baseFlags: Readonly<Record<string, FlagSpec>>;
  readonly args: Readonly<Record<string, ArgSpec>>;
  readonly strict: boolean;
}

export interface SlimConfig {
  readonly version: string;
}

/** Whoever asks for more than the version wants all of oclif. */
export const slimConfig = (version: string): SlimConfig =>
  new Proxy({ version } as SlimConfig, {
    get: (known, name) => {
      if (name in known) return known.version;
      throw new LeftToOclif();
    },
  });

/** The part of oclif's class that our commands inherit. */
export abstract class Command {
  static args: Declaration['args'] = {};
  static flags: Declaration['flags'] = {};
  static baseFlags: Declaration['baseFlags'] = {};
  static strict = true;

  constructor(
    readonly id: string,
    public argv: string[],
    readonly config: SlimConfig,
  ) {}

  abstract run(): Promise<number>;

  /** What the class declares. */
  get ctor(): Declaration {
    return this.constructor as unknown as Declaration;
  }

  /** Before `run`, as oclif has it. */
  async init(): Promise<void> {}

  protected async parse(declared: Declaration, argv: readonly string[] = this.argv): Promise<ReadWords> {
    this.argv = [...argv];
    const { flags, baseFlags, args, strict } = declared;
    const read = readWords(argv, { flags: { ...baseFlags, ...flags }, args, strict });
    if (read === undefined) throw new LeftToOclif();
    return read;
  }
}
