import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { writeApps } from './apps.js';
import { fleetCases } from './fleet.js';
import type { Case } from './measure.js';

const REPOSITORY = join(__dirname, '..');
const EMPIRE = join(REPOSITORY, 'bin', 'empire');
const CDK = join(REPOSITORY, 'node_modules', 'aws-cdk', 'bin', 'cdk');
const TSX = join(REPOSITORY, 'node_modules', '.bin', 'tsx');
const node = process.execPath;

type CdkWay = 'ordinary' | 'compiled, no validation' | 'empire-cdk' | 'floor';

/** The folders of one benchmark, below a directory of its own. */
export class Grounds {
  private away = 0;

  constructor(private readonly directory: string) {}

  /** A repository with so many apps. */
  root(apps: number): string {
    const root = join(this.directory, `${apps}`);
    mkdirSync(root, { recursive: true });
    writeApps(root, apps);
    return root;
  }

  /** The limit, and the commands that print what is ready or ask a rehearsed account. */
  starts(): Case[] {
    const root = this.root(1);
    const rehearsed = { cwd: root, env: { ...this.env, EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: 'infinite' } };
    const empire = (...words: string[]): Case => ({
      ...rehearsed,
      name: `empire ${words.join(' ')}`,
      words: [node, EMPIRE, ...words],
    });
    return [
      this.bare(),
      empire('--version'),
      empire('--help'),
      empire('releases', '-a', 'app-0001'),
      empire('ps', 'app-0001'),
      this.synth(1, 'unchanged'),
      this.synth(1, 'one changed'),
      this.synth(1, 'cold'),
      { name: 'synth of the four samples', words: [node, EMPIRE, 'synth', '-o', 'out'], cwd: this.samples(), env: this.env },
    ];
  }

  private bare(): Case {
    return { name: BARE, words: [node, '-e', '0'], cwd: this.directory };
  }

  /** A release, so that there is something to list. */
  deployed(): Case {
    const words = [node, EMPIRE, 'deploy', 'app-0001', '--yes'];
    return {
      name: 'a deploy',
      words,
      cwd: this.root(1),
      env: { ...this.env, EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: 'infinite' },
    };
  }

  synth(apps: number, what: 'cold' | 'unchanged' | 'one changed' | 'all changed'): Case {
    const cwd = join(this.directory, `${apps}`);
    return {
      name: synthName(apps, what),
      words: [node, EMPIRE, 'synth', '-o', 'out'],
      cwd,
      env: this.env,
      before: (run) => {
        if (what === 'cold') {
          this.putAway(join(cwd, 'out'));
          this.putAway(join(this.directory, 'cache'));
        }
        const changed = what === 'one changed' ? 1 : what === 'all changed' ? apps : 0;
        for (let number = 1; number <= changed; number++) {
          const file = join(cwd, 'apps', `app-${String(number).padStart(4, '0')}`, 'env');
          writeFileSync(file, `RACK_ENV=production\nNUMBER=${number}\nDATABASE_POOL=${what.length}${run}\n`);
        }
      },
    };
  }

  /** Bare Node and one changed app, once more. */
  beside(): Case[] {
    const [bare, one] = [this.bare(), this.synth(1, 'one changed')];
    return [bare, one].map((each) => ({ ...each, name: again(each.name) }));
  }

  /** Not removed: on ext4, making files takes several times as long for minutes after so many were removed, which no checkout does. */
  private putAway(path: string): void {
    if (existsSync(path)) renameSync(path, join(this.directory, `away-${this.away++}`));
  }

  /** Commands of many apps, in a repository with a commit. */
  fleet(apps: number): Case[] {
    return fleetCases(EMPIRE, join(this.directory, `${apps}`), apps, this.env);
  }

  /** Reading what a synth of so many apps must look at: the files, and what was made of them. */
  look(apps: number): Case {
    return { name: LOOK, words: [node, join(__dirname, 'look.cjs'), 'apps', 'out'], cwd: join(this.directory, `${apps}`) };
  }

  /** The same apps through the CDK CLI. `ordinary`: TypeScript through tsx, with every default; `empire-cdk`: what our `cdk.json` names. */
  cdk(apps: number, what: CdkWay): Case {
    const out = join(this.directory, `cdk-${apps}`);
    const app = {
      floor: () => out,
      ordinary: () => `${TSX} ${join(__dirname, 'cdk-app.ts')}`,
      'compiled, no validation': () => `${node} ${this.compiledCdkApp()}`,
      'empire-cdk': () => `${node} ${EMPIRE}-cdk`,
    }[what]();
    const flags = what === 'compiled, no validation' ? ['--no-validation'] : [];
    const rest = what === 'floor' ? [] : ['-o', what === 'empire-cdk' ? `${out}-empire` : out];
    return {
      name: cdkName(apps, what),
      words: [node, CDK, 'synth', '-q', '--no-notices', '--no-version-reporting', '--app', app, ...flags, ...rest],
      cwd: what === 'empire-cdk' ? join(this.directory, `${apps}`) : this.directory,
      env: { EMPIRE_BENCH_APPS: join(this.directory, `${apps}`, 'apps'), CDK_DISABLE_CLI_TELEMETRY: 'true' },
    };
  }

  /** What the CLI starts, by itself: the L2 patterns, compiled and without validation, and what our `cdk.json` names. */
  withoutCli(apps: number): Case[] {
    const programs = [
      [`CDK app of ${shownApps(apps)}, compiled, no validation, no CLI`, this.compiledCdkApp()],
      [`empire-cdk of ${shownApps(apps)}, no CLI`, `${EMPIRE}-cdk`],
    ] as const;
    return programs.map(([name, program]) => ({
      name,
      words: [node, program],
      cwd: join(this.directory, `${apps}`),
      env: {
        EMPIRE_BENCH_APPS: join(this.directory, `${apps}`, 'apps'),
        CDK_OUTDIR: join(this.directory, `${apps}`, program === `${EMPIRE}-cdk` ? 'empire' : 'alone'),
        CDK_VALIDATION: 'false',
      },
    }));
  }

  private compiledCdkApp(): string {
    const path = join(REPOSITORY, 'dist', 'bench', 'cdk-app.js');
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, transformSync(readFileSync(join(__dirname, 'cdk-app.ts'), 'utf8'), { loader: 'ts', format: 'cjs' }).code);
    return path;
  }

  private samples(): string {
    const root = join(this.directory, 'samples');
    for (const name of ['apps', 'platform.production']) cpSync(join(REPOSITORY, name), join(root, name), { recursive: true });
    return root;
  }

  private get env(): Readonly<Record<string, string>> {
    return { EMPIRE_CACHE: join(this.directory, 'cache') };
  }
}

export const BARE = 'node -e 0';
/** Of what was measured before, in turns with what it is compared with. */
export const again = (name: string): string => `${name}, again`;
export const LOOK = 'reading all files of 1,000 apps';
export const synthName = (apps: number, what: string): string =>
  `synth of ${shownApps(apps)}, ${what === 'one changed' && apps === 1 ? 'changed' : what}`;
export const cdkName = (apps: number, what: string): string => `cdk synth of ${shownApps(apps)}, ${what}`;

function shownApps(apps: number): string {
  return apps === 1 ? 'one app' : `${apps.toLocaleString('en')} apps`;
}
