import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { setEnvironment } from './support/environment.js';
import { type Moto, startMoto, startMotoOrSkip } from './support/moto.js';
import { startServer } from './support/moto-server.js';

/** What the fixtures of .mocharc.cjs are made of. */
const {
  openDoor,
}: { openDoor(): Promise<{ path: string; close(): Promise<void> } | undefined> } = require('./support/moto-nursery.cjs');

describe('the moto of a suite', () => {
  let one: Moto;
  let other: Moto;

  before(async function () {
    one = await startMotoOrSkip(this);
    other = await startMoto();
  });
  after(() => Promise.all([one?.stop(), other?.stop()]));

  // First: what has been asked for differently gives other ids anyway.
  it('gives ids of its own', async () => {
    expect(await newVpc(one)).not.to.equal(await newVpc(other));
  });

  it('keeps what it is told to itself', async () => {
    expect((await fetch(`${one.url}/a-bucket`, { method: 'PUT' })).status).to.equal(200);
    expect((await fetch(`${one.url}/a-bucket`)).status).to.equal(200);
    expect((await fetch(`${other.url}/a-bucket`)).status).to.equal(404);
  });

  it('has ended when it is stopped, and leaves the others alone', async () => {
    const third = await startMoto();
    await third.stop();
    const refused = await fetch(third.url).catch(({ cause }) => cause.code);
    expect(refused).to.equal('ECONNREFUSED');
    expect((await fetch(`${other.url}/moto-api/`)).status).to.equal(200);
  });
});

describe('a moto that cannot be started', () => {
  let folder: string;
  let python: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'empire-moto-'));
    python = join(folder, 'python');
    writeFileSync(python, '#!/bin/sh\necho "no module named $2" >&2\nexit 3\n');
    chmodSync(python, 0o755);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is told of with what Python said, first of the nursery and then of the server by itself', async () => {
    const door = await openDoor();
    const restore = setEnvironment({ MOTO_DOOR: door?.path });
    const { log } = console;
    const lines: string[] = [];
    console.log = (line: string) => lines.push(line);
    try {
      const failed = await startServer(python, { launcher: '', folder, environment: process.env }).catch(
        ({ message }) => message,
      );
      expect(failed).to.equal('moto ended before it listened\nno module named server');
    } finally {
      console.log = log;
      restore();
      await door?.close();
    }
    const said = 'moto starts slowly, without its nursery: it ended with 3\nno module named nursery';
    expect(lines.map((line) => line.trim())).to.deep.equal(door === undefined ? [] : [said]);
  });
});

async function newVpc({ url }: Moto): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=testing/20260604/us-east-1/ec2/aws4_request',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/16',
  });
  return /<vpcId>(vpc-\w+)</.exec(await answer.text())?.[1] ?? expect.fail('moto made no VPC');
}
