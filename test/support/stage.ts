import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { standIn } from '../../lib/commands/session/windows.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Windows } from '../../lib/model/windows.js';
import { parsePlatform } from '../../lib/parse/platform.js';
import { Problems } from '../../lib/problems.js';
import { openRehearsal, type Rehearsal } from '../../lib/rehearsal/index.js';
import type { RehearsalState } from '../../lib/rehearsal/state.js';
import { copyOf } from '../../lib/rehearsal/state-copy.js';
import { readFolder } from '../../lib/windows/disk.js';
import { writeWhenChanged } from '../../lib/windows/written-files.js';
import { runOnScreen, type Screen } from './transcript.js';

/** A repository of its own with app directories, and a rehearsed account in memory. Commands run in this process. */
export class Stage {
  readonly root = mkdtempSync(join(tmpdir(), 'empire-stage-'));
  private readonly before = process.cwd();
  private readonly platform: Platform;
  rehearsal: Rehearsal;

  constructor(files: Readonly<Record<string, string>>) {
    this.write(files);
    process.chdir(this.root);
    const folder = readFolder(this.root, { appsPath: 'apps', only: { kind: 'none' } });
    const platform = parsePlatform(folder, 'default', new Problems());
    if (platform.kind === 'none') throw new Error('the platform of this stage cannot be parsed');
    this.platform = platform.value;
    this.rehearsal = this.open({ kind: 'none' });
  }

  /** Writes files of the repository. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(this.root, dirname(path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  /** The account and the files as they are now. */
  keep(): Kept {
    const files = new Map(this.files().map((path) => [path, readFileSync(join(this.root, path), 'utf8')]));
    return { state: this.rehearsal.look((world) => copyOf(world.state)), files };
  }

  /** Puts account and files back to where they were. */
  restore({ state, files }: Kept): void {
    for (const path of this.files()) if (!files.has(path)) rmSync(join(this.root, path));
    for (const [path, text] of files) writeWhenChanged(join(this.root, path), text);
    this.rehearsal = this.open({ kind: 'given', value: copyOf(state) });
  }

  private files(): string[] {
    const below = readdirSync(join(this.root, 'apps'), { recursive: true, withFileTypes: true });
    return below.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(this.root, join(parentPath, name)));
  }

  /** One command line against the account, or against windows around it. */
  async run(words: readonly string[], wrap: (windows: Windows) => Windows = (windows) => windows): Promise<Screen> {
    const restore = standIn(() => wrap(this.rehearsal));
    try {
      return await runOnScreen(words, { EMPIRE_REHEARSE: '1', TZ: 'UTC', PATH: '/nowhere' });
    } finally {
      restore();
    }
  }

  close(): void {
    process.chdir(this.before);
    rmSync(this.root, { recursive: true, force: true });
  }

  private open(state: { kind: 'none' } | { kind: 'given'; value: RehearsalState }): Rehearsal {
    const start = { kind: 'given', value: Date.parse('2026-06-04T14:27:00Z') } as const;
    return openRehearsal({ platform: this.platform, root: { kind: 'none' }, speed: Number.POSITIVE_INFINITY, start, state });
  }
}

/** What `keep` gives. */
export interface Kept {
  readonly state: RehearsalState;
  /** Path → text. */
  readonly files: ReadonlyMap<string, string>;
}
