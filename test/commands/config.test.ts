import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import { readSecret } from '../../lib/commands/session/secret-value.js';
import { editEnv } from '../../lib/parse/env.js';
import { runOnScreen, type Screen } from '../support/transcript.js';

const REHEARSED = { EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: 'infinite', EMPIRE_REHEARSE_START: '2026-06-04T14:27:00Z' };

let root = '';
let before = '';

/** Hooks of one `describe`: each test has a fresh copy of the folder. */
function inFolder(): void {
  beforeEach(() => {
    before = process.cwd();
    root = mkdtempSync(join(tmpdir(), 'empire-config-'));
    cpSync(resolve('test/commands/folders/two-apps'), root, { recursive: true });
    process.chdir(root);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(root, { recursive: true });
  });
}

const file = (name: string): string => readFileSync(join(root, 'apps/acme-inc', name), 'utf8');

/** A command with something on standard input. */
async function withInput(input: string | Uint8Array, ...words: readonly string[]): Promise<Screen> {
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor;
  Object.defineProperty(process, 'stdin', { configurable: true, value: Readable.from([Buffer.from(input)]) });
  try {
    return await runOnScreen(words, REHEARSED);
  } finally {
    Object.defineProperty(process, 'stdin', stdin);
  }
}

describe('empire set --stdin', () => {
  inFolder();

  it('drops one final newline and keeps the others', async () => {
    const { code } = await withInput(
      '-----BEGIN CERTIFICATE-----\nMIIB\n\n',
      'set',
      '--stdin',
      'CA',
      '-a',
      'acme-inc',
      '--no-deploy',
    );
    expect(code).to.equal(0);
    expect(file('env')).to.contain('CA="-----BEGIN CERTIFICATE-----\\nMIIB\\n"\n');
  });

  it('refuses what is no text', async () => {
    const { code, stderr } = await withInput(Uint8Array.of(0xff, 0xfe), 'set', '--stdin', 'CA', '-a', 'acme-inc', '--no-deploy');
    expect(code).to.equal(1);
    expect(stderr).to.equal('error: standard input: this is not UTF-8 text\n  hint: save it as UTF-8\n');
  });
});

describe('empire set --secret', () => {
  inFolder();

  const set = (value: string, ...more: readonly string[]): Promise<Screen> =>
    withInput(value, 'set', '--secret', 'TOKEN', '-a', 'acme-inc', ...more);

  it('writes the value to the parameter store and only its reference to the directory', async () => {
    const { code, stderr } = await set('hunter2\n', '--no-deploy');
    expect(code).to.equal(0);
    expect(stderr).to.contain('wrote /empire/default/acme-inc/TOKEN, version 1\n');
    expect(file('secrets')).to.contain('TOKEN=ssm:/empire/default/acme-inc/TOKEN\n');
    expect(file('env')).not.to.contain('hunter2');
  });

  it('takes the name out of `env`, and says that git remembers', async () => {
    writeFileSync(join(root, 'apps/acme-inc/env'), 'A=1\nTOKEN=hunter2\n');
    const { stderr } = await set('hunter3', '--no-deploy');
    expect(file('env')).to.equal('A=1\n');
    expect(stderr).to.contain("note: TOKEN was in `env`: its old value stays in git's history, so change it where it is used\n");
  });

  it('restarts the processes that use it when it was set before', async () => {
    expect((await set('one')).code).to.equal(0);
    const { code, stdout, stderr } = await set('two');
    expect(code).to.equal(0);
    expect(stdout).to.equal('Set TOKEN on acme-inc.\n');
    expect(stderr).to.contain('wrote /empire/default/acme-inc/TOKEN, version 2; the value before: empire set --secret TOKEN ');
    expect(stderr).to.match(/^web and worker restart; about \d+ s$/m);
    expect(stderr).to.contain(
      'note: only the value of TOKEN changed: /empire/default/acme-inc/TOKEN has version 2; a rollback does not bring version 1 back\n',
    );
    expect(stderr.split('\n').filter((line) => line.startsWith('undo: '))).to.deep.equal([
      'undo: empire set --secret TOKEN -a acme-inc with the value from before (a rehearsal keeps no values)',
    ]);
    const { stdout: releases } = await runOnScreen(['releases', '-a', 'acme-inc'], REHEARSED);
    expect(releases).to.match(/^v2 .* Set TOKEN .*\nv1 .* Set TOKEN /);
  });

  it('names two ways back when the directory changed too, and the rollback alone for a new secret', async () => {
    const first = await set('one');
    expect(first.stderr).to.contain('undo: empire destroy -a acme-inc\n').and.not.to.contain('the value of TOKEN changed');
    const { stderr } = await set('two', 'MODE=careful');
    expect(stderr).to.contain('note: the value of TOKEN changed: /empire/default/acme-inc/TOKEN has version 2; ');
    expect(stderr).to.match(/^undo: empire rollback v1 -a acme-inc\nundo: empire set --secret TOKEN -a acme-inc with /m);
  });

  it('says that the new value stays when the release fails', async () => {
    await set('one');
    writeFileSync(join(root, 'apps/acme-inc/image'), 'remind101/acme-inc:v2-crash\n');
    const { code, stderr } = await set('two');
    expect(code).to.equal(1);
    expect(stderr).to.contain('note: the new value of TOKEN stays: every task that starts from now on has it\n');
    expect(stderr).to.match(/^undo: empire set --secret TOKEN .*\nundo: empire rollback v1 --write /m);
  });

  it('shows the value nowhere', async () => {
    const { stdout, stderr } = await set('correct horse battery staple', '--events');
    expect(stdout + stderr).not.to.contain('battery');
  });

  it('refuses an empty value, and one that is kept elsewhere', async () => {
    expect((await set('\n', '--no-deploy')).stderr).to.equal(
      'error: TOKEN: there is no value\n  hint: type it, or pipe it in: `empire set --secret TOKEN < file`\n',
    );
    writeFileSync(join(root, 'apps/acme-inc/secrets'), 'TOKEN=secretsmanager:acme/token\n');
    expect((await set('x', '--no-deploy')).stderr).to.equal(
      'error: TOKEN: `TOKEN` is secretsmanager:acme/token, which is not in the parameter store\n' +
        '  hint: change the value in Secrets Manager, then restart the processes that use it\n',
    );
  });

  it('refuses a broken directory before a value is read', async () => {
    writeFileSync(join(root, 'apps/acme-inc/scale'), 'web=many\n');
    const { code } = await set('x', '--no-deploy');
    expect(code).to.equal(1);
    expect(existsSync(join(root, '.empire'))).to.equal(false);
  });

  it('is not made a variable by the way', async () => {
    await set('x', '--no-deploy');
    const { stderr } = await runOnScreen(['set', 'TOKEN=x', '-a', 'acme-inc', '--no-deploy'], REHEARSED);
    expect(stderr).to.equal(
      'error: TOKEN: `TOKEN` is a secret of acme-inc, and a variable would be readable in the template\n' +
        '  hint: change its value with `empire set --secret TOKEN`, or first `empire unset TOKEN`\n',
    );
  });
});

describe('a secret that is typed', () => {
  /** A terminal as far as it is asked for. */
  function terminal(keys: string): { input: NodeJS.ReadStream; raw: boolean[]; screen: () => string; output: PassThrough } {
    const raw: boolean[] = [];
    const output = new PassThrough();
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => raw.push(on) });
    setImmediate(() => input.write(keys));
    return { input: input as unknown as NodeJS.ReadStream, raw, output, screen: () => String(output.read() ?? '') };
  }

  it('is not shown, can be corrected, and ends with enter', async () => {
    const { input, raw, output, screen } = terminal('hunterX\u007f2\r');
    expect(await readSecret('TOKEN', input, output)).to.equal('hunter2');
    expect(raw).to.deep.equal([true, false]);
    expect(screen()).to.equal('value of TOKEN (not shown): \n');
  });

  it('is left with Ctrl-C', async () => {
    const { input, raw, output } = terminal('hunter\u0003');
    const failure = await readSecret('TOKEN', input, output).catch((error: unknown) => error);
    expect(failure).to.include({ code: 'interrupted' });
    expect(raw).to.deep.equal([true, false]);
  });
});

describe('empire env', () => {
  inFolder();

  it('prints what empire set --load reads back, whatever the values are', async () => {
    const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/).filter((one) => !one.startsWith('EMPIRE_') && one !== 'PORT');
    const value = fc.string({ unit: 'binary', maxLength: 20 }).filter((one) => !one.includes('\0'));
    const values = fc.dictionary(name, value, { maxKeys: 6, noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(values, fc.boolean(), async (wanted, overlay) => {
        const where = overlay ? ['-e', 'production'] : [];
        const text = editEnv('', { set: new Map(Object.entries(wanted)), unset: new Set() }, false);
        writeFileSync(join(root, 'apps/acme-inc/env'), 'A_BASE="b # c"  # of the base\n');
        writeFileSync(join(root, 'apps/acme-inc/env.production'), '');
        writeFileSync(join(root, `apps/acme-inc/env${overlay ? '.production' : ''}`), text);
        const printed = await shown(...where);
        writeFileSync(join(root, 'saved.env'), printed);
        const kept = [file('env'), file('env.production')];
        expect((await load(...where)).stderr, 'loading what is there').to.contain('nothing to change in acme-inc\n');
        expect([file('env'), file('env.production')]).to.deep.equal(kept);
        writeFileSync(join(root, 'apps/acme-inc/env'), '');
        writeFileSync(join(root, 'apps/acme-inc/env.production'), '');
        expect((await load(...where)).code).to.equal(0);
        expect(await json(...where)).to.deep.equal(overlay ? { A_BASE: 'b # c', ...wanted } : wanted);
      }),
      { numRuns: 15 },
    );
  }).timeout(20_000);

  const shown = async (...where: string[]): Promise<string> => (await runOnScreen(['env', '-a', 'acme-inc', ...where])).stdout;
  const load = (...where: string[]): Promise<Screen> =>
    runOnScreen(['set', '--load', 'saved.env', '-a', 'acme-inc', '--no-deploy', ...where]);
  const json = async (...where: string[]): Promise<unknown> =>
    JSON.parse((await runOnScreen(['env', '-a', 'acme-inc', '--json', ...where])).stdout).variables;

  it('keeps the quotes that were written', async () => {
    writeFileSync(join(root, 'apps/acme-inc/env'), 'B=\'two\nlines\' # comment\nA = bare value\nC="q\\"q"\nexport D=\n');
    expect(await shown()).to.equal('A=bare value\nB=\'two\nlines\'\nC="q\\"q"\nD=\n# DATABASE_URL=ssm:/acme/database-url\n');
  });
});
