import { compilerHash } from '../../cache/compiler.js';
import { compileKey } from '../../cache/keys.js';
import type { Made, Memory, Remembered, RememberedCompilation } from '../../cache/memory.js';
import { sha256 } from '../../cache/sealed.js';
import { formatSourceMap, formatTemplate } from '../../compile/format-template.js';
import { compileApp } from '../../compile/index.js';
import type { Given } from '../../model/given.js';
import type { Ledger, LedgerEntry } from '../../model/ledger.js';
import type { Platform } from '../../model/platform.js';
import type { Problem } from '../../model/problem.js';
import { type ParsedFolder, parseFolder } from '../../parse/folder.js';
import { openFolder, type Question, refuseAbsentApps } from '../../pipeline.js';
import { keepMemory, type MemoryPlace, readMemory } from './kept-memory.js';
import { appIn, type KnownParse, RememberingParser } from './remembering-parser.js';

/** The texts of one app, as they are deployed. */
export interface Texts {
  readonly template: string;
  readonly sourceMap: string;
}

/** One app that was compiled, now or before. */
export interface Synthesized {
  readonly app: string;
  readonly environment: string;
  readonly made: Made;
  /** Compiled when that was not done yet: no template ever comes out of a cache. */
  readonly texts: () => Texts;
}

interface Compilation extends RememberedCompilation {
  readonly texts: () => Texts;
}

/**
 * Parses and compiles a folder, and of it only what changed since the last time. What is remembered is looked up under the hash of everything
 * that decides it, so a memory that is lost, old or damaged costs time and nothing else.
 */
export class FolderSynthesis {
  /** Where it is remembered what was made of this folder. */
  readonly memory: Given<MemoryPlace>;
  private readonly before: Memory;
  private readonly parser: RememberingParser;
  private readonly compilations = new Map<string, RememberedCompilation>();

  /** `compiler`: the hash of the code. None, and nothing is remembered. */
  constructor(
    private readonly question: Question,
    private readonly compiler: Given<string>,
  ) {
    const { root, appsPath, environment } = question;
    const folder = sha256(JSON.stringify(['parts', root, appsPath, environment]));
    this.memory = compiler.kind === 'given' ? { kind: 'given', value: { folder, compiler: compiler.value } } : compiler;
    this.before = readMemory(this.memory);
    this.parser = new RememberingParser(compiler, this.before);
  }

  /** One app is compiled faster than a memory is read. */
  static of(question: Question, noCache: boolean): FolderSynthesis {
    return new FolderSynthesis(question, noCache || question.only.kind === 'given' ? { kind: 'none' } : compilerHash());
  }

  parse(): ParsedFolder {
    const { environment, only } = this.question;
    const parsed = parseFolder(openFolder(this.question), environment, only, this.parser.parse);
    refuseAbsentApps(this.question, parsed);
    return parsed;
  }

  /** Gives each app as soon as it is compiled, so that nobody has to keep all their texts; and at the end what `compileParsed` found. */
  compile(parsed: ParsedFolder, ledger: Ledger, take: (one: Synthesized) => void): readonly Problem[] {
    const problems: Problem[] = [...parsed.problems];
    if (parsed.platform.kind === 'none') return problems;
    const platform = parsed.platform.value;
    const own = byApp(ledger, platform.environment);
    for (const { name, app } of parsed.apps) {
      if (app.kind === 'none') continue;
      const { texts, ...compilation } = this.compileOne(name, platform, own.get(name) ?? []);
      this.compilations.set(name, compilation);
      problems.push(...compilation.problems);
      const { made } = compilation;
      if (made.kind === 'given') take({ app: name, environment: platform.environment, made: made.value, texts });
    }
    return problems;
  }

  private compileOne(name: string, platform: Platform, own: Ledger): Compilation {
    const { remembered, whole } = this.parser.known.get(name) as KnownParse;
    const remembers = this.compiler.kind === 'given';
    const key = remembers ? compileKey(remembered.key, own) : '';
    const make = (): Compilation => {
      const { app, origins } = whole();
      return compiled(key, { app: appIn(app), platform, ledger: own, origins });
    };
    const before = this.before.get(name)?.compilation;
    if (before?.kind !== 'given' || !remembers || before.value.key !== key) return make();
    return { ...before.value, texts: () => make().texts() };
  }

  /** Keeps what was found, when it is not what was known. */
  remember(): void {
    if (this.memory.kind === 'none') return;
    const now = new Map<string, Remembered>();
    for (const [name, { remembered }] of this.parser.known) {
      const compilation = this.compilations.get(name);
      now.set(name, {
        parse: remembered,
        compilation: compilation === undefined ? { kind: 'none' } : { kind: 'given', value: compilation },
      });
    }
    keepMemory(this.memory.value, now, this.before);
  }
}

/** Without a key nothing is remembered, and hashes would be made for nobody. */
function compiled(key: string, input: Parameters<typeof compileApp>[0]): Compilation {
  const result = compileApp(input);
  const none = { kind: 'none' } as const;
  if (result.kind === 'refused')
    return { key, problems: result.problems, made: none, texts: () => ({ template: '', sourceMap: '' }) };
  const texts = { template: formatTemplate(result.template), sourceMap: formatSourceMap(result.sourceMap) };
  const made: Made = {
    stack: result.template.stackName,
    resources: result.template.resources.length,
    bytes: Buffer.byteLength(texts.template),
    template: key === '' ? '' : sha256(texts.template),
    sourceMap: key === '' ? '' : sha256(texts.sourceMap),
  };
  return { key, problems: result.problems, made: { kind: 'given', value: made }, texts: () => texts };
}

/** The numbers of each app's rules: all of the ledger that its template depends on. */
function byApp(ledger: Ledger, environment: string): ReadonlyMap<string, LedgerEntry[]> {
  const apps = new Map<string, LedgerEntry[]>();
  for (const entry of ledger) {
    if (entry.environment !== environment) continue;
    const there = apps.get(entry.app);
    if (there === undefined) apps.set(entry.app, [entry]);
    else there.push(entry);
  }
  return apps;
}
