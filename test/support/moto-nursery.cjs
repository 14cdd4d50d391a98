/**
 * The nursery of moto's servers (moto-nursery.py), one for all processes of a mocha run. The first suite that asks for it has it begun:
 * a run that needs no moto pays for opening a door only, in mocha's own process. Its workers find the path of the door in MOTO_DOOR.
 * Who says there how Python is to be started is told where the nursery listens, or why there is none.
 */
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdtempSync, rmSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const PROGRAM = join(__dirname, 'moto-nursery.py');
/** What the system allows for the path of a socket, less the socket's own name. */
const LONGEST_FOLDER = 90;
const TIME_TO_LOAD = 40_000;
const TIME_TO_END = 5_000;

let opened;

exports.mochaGlobalSetup = async () => {
  opened = await openDoor();
  if (opened !== undefined) process.env.MOTO_DOOR = opened.path;
};
exports.mochaGlobalTeardown = () => opened?.close();
exports.openDoor = openDoor;

/** Undefined where there can be no nursery. */
async function openDoor() {
  const folder = mkdtempSync(join(tmpdir(), 'empire-nursery-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (process.platform === 'win32' || Buffer.byteLength(folder) > LONGEST_FOLDER) return remove();
  let nursery;
  const door = createServer({ allowHalfOpen: true }, (visitor) => {
    hear(visitor, (wish) => {
      nursery ??= begin(folder, wish);
      return nursery.told;
    });
  });
  await once(door.listen(join(folder, 'door')), 'listening');
  process.once('exit', remove);
  const close = async () => {
    door.close();
    await nursery?.end();
    remove();
    process.off('exit', remove);
  };
  return { path: join(folder, 'door'), close };
}

/** One line of JSON is answered by another. */
function hear(visitor, answer) {
  let said = '';
  visitor.setEncoding('utf8').on('data', (more) => {
    said += more;
  });
  visitor.once('end', async () => {
    // Without an end of its line it died while it spoke.
    if (said.endsWith('\n')) visitor.end(JSON.stringify(await answer(JSON.parse(said))));
    else visitor.destroy();
  });
  // Who has gone is told nothing.
  visitor.on('error', () => {});
}

/** `told`: `{ socket }`, or `{ why }` there is none. */
function begin(folder, { python, environment: env }) {
  const socket = join(folder, 'nursery');
  const nursery = spawn(python, [PROGRAM, 'nursery', socket], { cwd: folder, env });
  const ended = new Promise((resolve) => nursery.once('exit', resolve).once('error', resolve));
  const told = new Promise((resolve) => {
    let said = '';
    const fail = (why) => resolve({ why: `${why}\n${said}`.trim() });
    nursery.stderr.setEncoding('utf8').on('data', (more) => {
      said = `${said}${more}`.slice(-10_000);
    });
    nursery.once('error', ({ message }) => fail(message));
    nursery.once('close', (code, signal) => fail(`it ended with ${signal ?? code}`));
    const late = setTimeout(() => {
      fail(`it was not there after ${TIME_TO_LOAD / 1000} s`);
      nursery.kill('SIGKILL');
    }, TIME_TO_LOAD);
    ended.then(() => clearTimeout(late));
    nursery.stdout.once('data', () => {
      clearTimeout(late);
      resolve({ socket });
    });
  });
  const end = async () => {
    // All servers end with it. While it still loads it does not look.
    nursery.stdin.destroy();
    const late = setTimeout(() => nursery.kill('SIGKILL'), TIME_TO_END);
    await ended;
    clearTimeout(late);
  };
  return { told, end };
}
