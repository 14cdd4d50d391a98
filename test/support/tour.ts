import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './repository.js';

/** A line that is typed, and the screen after it. */
export interface Step {
  readonly command: string;
  readonly screen: string;
}

/** `$ ` begins a command; what follows is its screen. */
export function stepsOf(text: string): Step[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n');
      return { command: block.slice(0, end), screen: block.slice(end + 1) };
    });
}

/** A screen in which a line `…` stands for any lines. */
export function asPattern(screen: string): RegExp {
  const parts = screen.split(/^…\n/m).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(?:.*\\n)*?')}$`);
}

/** A fresh clone of the repository as somebody has it who types what the README says, with nothing else set. */
export class Tour {
  private readonly root = mkdtempSync(join(tmpdir(), 'empire-tour-'));
  private exports = '';

  constructor() {
    for (const name of readdirSync(ROOT).filter((name) => name === 'apps' || /^platform(\.|$)/.test(name)))
      cpSync(join(ROOT, name), join(this.root, name), { recursive: true });
  }

  /** Types one line; gives standard output and error together, as on a screen, and the exit code when it is not 0. */
  type(command: string): string {
    if (command.startsWith('export ')) {
      this.exports = `${command.replace('$PWD/bin', join(ROOT, 'bin'))}; `;
      return '';
    }
    const { status, stdout } = spawnSync('bash', ['-c', `${this.exports}exec 2>&1; ${command}`], {
      cwd: this.root,
      env: {
        PATH: process.env['PATH'],
        HOME: this.root,
        TZ: 'UTC',
        EMPIRE_REHEARSE_SPEED: 'infinite',
        EMPIRE_REHEARSE_START: '2026-06-04T14:27:00Z',
      },
      encoding: 'utf8',
    });
    return `${stdout}${status === 0 ? '' : `[${status}]\n`}`;
  }

  end(): void {
    rmSync(this.root, { recursive: true });
  }
}
