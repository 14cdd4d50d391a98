import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { openRehearsal, type Rehearsal } from '../../lib/rehearsal/index.js';
import { expectFailure } from '../support/expected-failure.js';
import { balanced, definition, PLATFORM, START } from '../support/rehearsed-services.js';
import { ROOT } from '../support/repository.js';

const NONE = { kind: 'none' } as const;
const ALWAYS = { kind: 'always' } as const;
const run = promisify(execFile);

describe('rehearsed account on disk', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-rehearsal-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const open = (start: number = START, platform = PLATFORM): Rehearsal =>
    openRehearsal({
      platform,
      root: { kind: 'given', value: root },
      speed: Number.POSITIVE_INFINITY,
      start: { kind: 'given', value: start },
    });
  const elsewhere = (): Rehearsal => open(START, { ...PLATFORM, region: { kind: 'given', value: 'eu-west-1' } });
  const file = (): string => join(root, '.empire', 'rehearsal.json');

  it('is there for the next command, and git does not see it', async () => {
    await open().store.put('bucket', 'key', 'body', ALWAYS);
    const found = await open().store.get('bucket', 'key');
    expect(found.kind === 'given' && found.value.body).to.equal('body');
    expect(readFileSync(join(root, '.empire', '.gitignore'), 'utf8')).to.equal('*\n');
    expect(readdirSync(join(root, '.empire')).sort()).to.deep.equal(['.gitignore', 'rehearsal.json']);
  });

  it('takes away what a killed process left beside it, and nothing of one that lives', async () => {
    await open().store.put('bucket', 'key', 'body', ALWAYS);
    // no system gives so high a number
    const [gone, living, other] = [`${file()}.99999999`, `${file()}.${process.ppid}`, `${file()}.old`];
    for (const path of [gone, living, other]) writeFileSync(path, '{"half":');
    await open().store.put('bucket', 'key', 'other body', ALWAYS);
    expect([gone, living, other].map((path) => existsSync(path))).to.deep.equal([false, true, true]);
  });

  it('goes on with its time, and with what was under way', async () => {
    const first = open();
    const arn = first.look(({ services, now }) => {
      const task = services.registerTaskDefinition(definition('worker', 'acme:v1'), now);
      return services.createService(balanced(task, 1, { LoadBalancers: [] }), now, 'empire-acme', 'WorkerService');
    });
    await first.clock.sleep(5000);
    await first.identity.caller();
    const second = open();
    expect(second.clock.now()).to.equal(START + 5000);
    expect(second.look(({ services }) => services.serviceState(arn).kind)).to.equal('deploying');
    const later = open(START + 3_600_000);
    expect(later.look(({ services }) => services.serviceState(arn).kind)).to.equal('steady');
    const [state] = await later.services.services('empire-default', [arn]);
    expect((state?.events[0]?.at ?? 0) - START).to.be.within(10_000, 60_000);
  });

  it('shows each of two open commands what the other one did', async () => {
    const [one, other] = [open(), open()];
    await one.store.put('bucket', 'key', 'one', ALWAYS);
    await other.store.put('bucket', 'key', 'other', ALWAYS);
    const found = await one.store.get('bucket', 'key');
    expect(found.kind === 'given' && found.value.body).to.equal('other');
  });

  it('keeps accounts and regions apart, and forgets all of them at a reset', async () => {
    await open().store.put('bucket', 'key', 'here', ALWAYS);
    const there = elsewhere();
    await there.store.put('bucket', 'key', 'there', ALWAYS);
    await there.clock.sleep(60_000);
    await there.identity.caller();
    const bodies = await Promise.all([open(), elsewhere()].map(({ store }) => store.get('bucket', 'key')));
    expect(bodies.map((found) => found.kind === 'given' && found.value.body)).to.deep.equal(['here', 'there']);
    expect([open().clock.now(), elsewhere().clock.now()]).to.deep.equal([START, START + 60_000]);
    open().reset();
    expect(await elsewhere().store.get('bucket', 'key')).to.deep.equal(NONE);
  });

  it('writes nothing but the time when nothing else changed', async () => {
    await elsewhere().store.put('bücket', 'kéy', 'bödy, in bytes longer than in letters', ALWAYS);
    const [one, other] = [open(), open()];
    await one.store.put('bucket', 'key', 'body', ALWAYS);
    await other.identity.caller();
    const before = readFileSync(file(), 'utf8');
    const { ino } = statSync(file());
    for (const [sleeps, looks] of [
      [one, other],
      [other, one],
      [one, one],
    ] as const) {
      await sleeps.clock.sleep(90_000);
      await sleeps.identity.caller();
      await looks.identity.caller();
      expect(looks.clock.now()).to.equal(sleeps.clock.now());
    }
    expect(statSync(file()).ino).to.equal(ino);
    expect(readFileSync(file(), 'utf8')).to.equal(
      before.replace(`us-east-1":{"now":${START}`, `us-east-1":{"now":${START + 270_000}`),
    );
    expect([open().clock.now(), elsewhere().clock.now()]).to.deep.equal([START + 270_000, START]);
    await other.store.remove('bucket', 'key');
    expect(await one.store.get('bucket', 'key')).to.deep.equal(NONE);
  });

  it('is written again when somebody removed it meanwhile', async () => {
    const one = open();
    await one.store.put('bucket', 'key', 'body', ALWAYS);
    rmSync(join(root, '.empire'), { recursive: true });
    await one.identity.caller();
    const found = await open().store.get('bucket', 'key');
    expect(found.kind === 'given' && found.value.body).to.equal('body');
  });

  it('loses nothing when two processes write at once', async function () {
    this.timeout(60_000);
    const writer = join(ROOT, 'test', 'support', 'rehearsal-writer.ts');
    const claim = async (name: string): Promise<number[]> => {
      const { stdout } = await run(process.execPath, ['--import', 'tsx', writer, root, name, '100'], { cwd: ROOT });
      return JSON.parse(stdout) as number[];
    };
    const [one, other] = await Promise.all([claim('one'), claim('other')]);
    expect([...one, ...other].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 200 }, (_, index) => index + 1));
    const { store } = open();
    const owners = { one: new Set(one), other: new Set(other) };
    for (let number = 1; number <= 200; number += 1) {
      const found = await store.get('bucket', `records/${number}`);
      const body = found.kind === 'given' ? found.value.body : 'nothing';
      expect(body).to.equal(`${owners.one.has(number) ? 'one' : 'other'} ${number}`);
    }
    expect(existsSync(`${file()}.lock`)).to.equal(false);
  });

  it('takes the lock of a process that died', async () => {
    await open().identity.caller();
    writeFileSync(`${file()}.lock`, '');
    const old = new Date(Date.now() - 60_000);
    utimesSync(`${file()}.lock`, old, old);
    expect((await open().identity.caller()).account).to.equal('123456789012');
    expect(existsSync(`${file()}.lock`)).to.equal(false);
  });

  it('says so when it cannot be read, and can be reset', async () => {
    await open().store.put('bucket', 'key', 'body', ALWAYS);
    for (const broken of ['{', '{"format":0}', 'null']) {
      writeFileSync(file(), broken);
      const failure = await expectFailure(open().identity.caller(), 'rehearsal-unreadable');
      expect(failure.hint).to.contain('empire rehearsal reset');
      open().reset();
      expect(await open().store.get('bucket', 'key')).to.deep.equal(NONE);
    }
  });

  it('says so when it cannot be written', async () => {
    writeFileSync(join(root, '.empire'), 'a file where the folder should be');
    const failure = await expectFailure(
      Promise.resolve().then(() => open().identity.caller()),
      'rehearsal-unwritable',
    );
    expect(failure.where).to.contain('.empire');
  });

  it('keeps what a failed call changed before, and no lock', async () => {
    const { script, identity } = open();
    script('{"refuse": "identity.caller", "times": 2}', 'script');
    await expectFailure(identity.caller(), 'throttled');
    await expectFailure(open().identity.caller(), 'throttled');
    expect((await open().identity.caller()).account).to.equal('123456789012');
  });
});
