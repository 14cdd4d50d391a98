import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Moto } from '../support/moto.js';
import { ROOT } from '../support/repository.js';
import type { Screen } from '../support/transcript.js';
import { runInAccount, startAccountOrSkip } from './launcher.js';
import { REGISTRY } from './registry.js';

/** The app of most suites, in the registry. */
export const REPOSITORY = 'remind101/acme-inc';
export const IMAGE = `${REGISTRY}/${REPOSITORY}`;

/** The account of a suite, and the folder that its commands run in. Both are there while its tests run. */
export class Account {
  moto!: Moto;
  root!: string;

  readonly run = (...words: string[]): Promise<Screen> => runInAccount(this.moto, words);

  /** A command that succeeds. */
  readonly ok = async (...words: string[]): Promise<Screen> => {
    const screen = await this.run(...words);
    expect(screen.code, `${words.join(' ')}\n${screen.stderr}`).to.equal(0);
    return screen;
  };
}

/** In `describe`: an account with these environments for all of its tests, in a folder that `fill` fills. */
export function useAccount(environments: readonly string[], fill: (root: string) => void): Account {
  const account = new Account();
  const start = process.cwd();
  before(async function () {
    account.moto = await startAccountOrSkip(this, environments);
    account.root = mkdtempSync(join(tmpdir(), 'empire-e2e-'));
    fill(account.root);
    process.chdir(account.root);
  });
  after(async () => {
    process.chdir(start);
    if (account.root !== undefined) rmSync(account.root, { recursive: true, force: true });
    await account.moto?.stop();
  });
  return account;
}

/** Our own `apps/acme-inc`, without what is only for production. */
export function copyAcme(root: string): void {
  const [from, to] = [ROOT, root].map((each) => join(each, 'apps/acme-inc')) as [string, string];
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.production') });
}
