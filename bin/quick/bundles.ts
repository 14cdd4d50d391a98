import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

export type BundleName = 'main' | 'aws' | 'diff';

/** The file of each bundle; its name has the hash of its content, so that a cache never meets another text. */
export type BundleFiles = Readonly<Record<BundleName, string>>;

interface Loaded {
  readonly script: Script;
  readonly cachePath: string;
  readonly exports: unknown;
}

/** What bundles call instead of `require`: `#aws` and `#diff` are other bundles, `#main` the first one. */
type Require = (name: string) => unknown;

/**
 * Loads bundles with the code that V8 has compiled for them before. That is kept after a run, when also what was compiled late is there, for each
 * command and each V8; V8 itself refuses what does not fit.
 */
export class Bundles {
  private readonly loaded = new Map<BundleName, Loaded>();

  constructor(
    private readonly directory: string,
    private readonly files: BundleFiles,
    private readonly words: readonly string[],
  ) {}

  load(name: BundleName): unknown {
    const there = this.loaded.get(name);
    if (there !== undefined) return there.exports;
    const filename = join(this.directory, this.files[name]);
    const cachePath = this.cachePath(name);
    const cachedData = readCache(cachePath);
    // Bundles are written in ASCII, and one byte a letter is half of the work for V8.
    const script = new Script(readFileSync(filename, 'latin1'), { filename, ...(cachedData ? { cachedData } : {}) });
    const module = { exports: {} };
    script.runInThisContext()(module.exports, this.require, module, filename, this.directory);
    this.loaded.set(name, { script, cachePath, exports: module.exports });
    return module.exports;
  }

  /** Writes what was compiled in this run, where nothing was known (or the build asks to add to it). A package that cannot be written to stays as it is. */
  keepCaches(): void {
    for (const { script, cachePath } of this.loaded.values()) {
      if (script.cachedDataRejected === false && !process.env['EMPIRE_KEEP_COMPILED']) continue;
      const temporary = `${cachePath}.${process.pid}`;
      try {
        mkdirSync(join(cachePath, '..'), { recursive: true });
        writeFileSync(temporary, sealed(script.createCachedData()));
        renameSync(temporary, cachePath);
      } catch {
        return; // Only the next start is slower.
      }
    }
  }

  private readonly require: Require = (name) => {
    if (name.startsWith('#')) return this.load(name.slice(1) as BundleName);
    return require(name);
  };

  private cachePath(name: BundleName): string {
    const { platform, arch, versions } = process;
    const command = /^[a-z]+$/.test(this.words[0] ?? '') ? this.words[0] : 'other';
    const file = `${this.files[name].replace(/js$/, '')}${command}`;
    return join(this.directory, 'cache', `${platform}-${arch}-${versions.node}-${versions.v8}`, file);
  }
}

/** V8 looks only at the head of what it is given, and a flipped bit behind it is another program: so it is written twice. */
const sealed = (data: Buffer): Buffer => Buffer.concat([data, data]);

function readCache(path: string): Buffer | undefined {
  let twice: Buffer;
  try {
    twice = readFileSync(path);
  } catch {
    return undefined; // The first run of this command, or a folder that cannot be read: V8 compiles.
  }
  const half = twice.length / 2;
  const data = twice.subarray(0, half);
  return Number.isInteger(half) && data.equals(twice.subarray(half)) ? data : undefined;
}
