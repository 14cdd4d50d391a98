import { join, resolve, sep } from 'node:path';
import { openSealed, seal, sha256 } from '../../cache/sealed.js';
import type { Given } from '../../model/given.js';
import { keepCached, readCached } from '../../windows/cache-folder.js';
import { SeenFiles } from '../../windows/seen-files.js';
import { inWords, writeWhenChanged } from '../../windows/written-files.js';
import type { Synthesized } from './folder-synthesis.js';
import type { MemoryPlace } from './kept-memory.js';

/** The folder of `synth -o`. A file that has the hash of the text is not written, and then the text is not even made. */
export class TemplateFolder {
  /** Ends where names begin: joining paths costs as much as looking at the files. */
  private readonly folder: string;
  private readonly before: ReadonlySet<string>;
  private readonly seen: SeenFiles;

  /** `memory`: where it is remembered what was in it. */
  constructor(
    private readonly directory: string,
    private readonly memory: Given<MemoryPlace>,
  ) {
    this.folder = join(directory, sep);
    this.before = memory.kind === 'given' ? this.linesIn(memory.value) : new Set();
    this.seen = new SeenFiles(this.folder, this.before);
  }

  write({ made, texts }: Synthesized): void {
    const [template, sourceMap] = [`${made.stack}.template.json`, `${made.stack}.map.json`];
    if (made.template !== '' && this.has(template, made.template) && this.has(sourceMap, made.sourceMap)) return;
    const written = texts();
    writeWhenChanged(this.folder + template, written.template);
    writeWhenChanged(this.folder + sourceMap, written.sourceMap);
  }

  /** What is gone may stay in the memory: no file will ever look like that again. */
  remember(): void {
    const { lines } = this.seen;
    if (this.memory.kind === 'none' || [...lines].every((line) => this.before.has(line))) return;
    keepCached(this.nameIn(this.memory.value), seal(this.memory.value.compiler, [...lines].join('\n')));
  }

  private has(name: string, hash: string): boolean {
    return inWords(this.folder + name, () => this.seen.hasContent(name, hash));
  }

  private linesIn(memory: MemoryPlace): ReadonlySet<string> {
    const kept = readCached(this.nameIn(memory));
    const lines = kept.kind === 'given' ? openSealed(memory.compiler, kept.value) : kept;
    return new Set(lines.kind === 'given' ? lines.value.split('\n') : []);
  }

  private nameIn = ({ folder }: MemoryPlace): string => `${folder}/written-${sha256(resolve(this.directory))}`;
}
