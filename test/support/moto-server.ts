import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

const PROGRAM = join(__dirname, 'moto-nursery.py');
const TIME_TO_LISTEN = 30_000;

/** What a server is started with. */
export interface Wish {
  /** Empty: moto as it is. */
  readonly launcher: string;
  /** Its working directory. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** A server that runs. */
export interface Server {
  readonly url: string;
  /** Gives back when its process has ended. */
  end(): Promise<void>;
}

/** A fork of the nursery where there is one, else a process that loads moto by itself. */
export async function startServer(python: string, wish: Wish): Promise<Server> {
  const door = process.env['MOTO_DOOR'];
  if (door === undefined) return await startAlone(python, wish);
  try {
    return await startInNursery(door, python, wish);
  } catch (error) {
    console.log(`      moto starts slowly, without its nursery: ${(error as Error).message}`);
    return await startAlone(python, wish);
  }
}

async function startInNursery(door: string, python: string, wish: Wish): Promise<Server> {
  const visit = connect(door);
  visit.end(`${JSON.stringify({ python, environment: wish.environment })}\n`);
  const { socket, why }: { socket?: string; why?: string } = JSON.parse(await text(visit));
  if (socket === undefined) throw new Error(why);
  const line = connect(socket);
  line.write(`${JSON.stringify(wish)}\n`);
  return await listening(line, line, () => line.destroy());
}

async function startAlone(python: string, { launcher, folder, environment }: Wish): Promise<Server> {
  const child = spawn(python, [PROGRAM, 'server', launcher], {
    cwd: folder,
    env: environment,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child.once('error', (error) => child.stderr.destroy(error));
  return await listening(child.stdin, child.stderr, () => child.kill('SIGKILL'));
}

/**
 * A server ends when its line closes, also when this process dies, however it dies. When what it says closes, it has ended: nobody
 * else holds the other end.
 */
async function listening(line: Writable, said: Readable, abandon: () => void): Promise<Server> {
  const closed = new Promise((resolve) => said.once('close', resolve));
  line.on('error', () => {});
  try {
    const url = await addressIn(said);
    const end = async (): Promise<void> => {
      line.end();
      await closed;
    };
    return { url, end };
  } catch (error) {
    abandon();
    throw error;
  }
}

/** The line that names the port. Whatever comes after is read and dropped. */
async function addressIn(said: Readable): Promise<string> {
  let all = '';
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`moto ${why}\n${all}`.trim()));
      late = setTimeout(() => fail(`did not listen after ${TIME_TO_LISTEN / 1000} s`), TIME_TO_LISTEN);
      said.setEncoding('utf8').on('data', (more: string) => {
        all = `${all}${more}`.slice(-10_000);
        const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(all)?.[1];
        if (address !== undefined) resolve(address);
      });
      said.on('error', ({ message }) => fail(`cannot be started: ${message}`));
      said.once('close', () => fail('ended before it listened'));
    });
  } finally {
    clearTimeout(late);
  }
}
