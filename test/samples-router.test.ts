import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, get, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compileRoot } from './support/golden.js';
import { findNginx } from './support/nginx.js';
import { ROOT } from './support/repository.js';

interface Container {
  readonly Command: readonly string[];
  readonly Environment: readonly { readonly Name: string; readonly Value: string }[];
}

/** What the container gets: out of the compiled template, not out of the files. */
function compiledRouter(): { readonly command: readonly string[]; readonly configuration: string } {
  const router = compileRoot(ROOT, 'default').goldens.find(({ app }) => app === 'router');
  const definition = router?.template.resources.find(({ id }) => id === 'WebTaskDefinition');
  const containers = (definition?.properties['ContainerDefinitions'] ?? []) as unknown as readonly Container[];
  const [container] = containers;
  const variable = container?.Environment.find(({ Name }) => Name === 'NGINX_CONF');
  if (container === undefined || variable === undefined) throw new Error('the router has no NGINX_CONF');
  return { command: container.Command, configuration: variable.Value };
}

/** Answers with its own name and with the headers it got. */
async function upstream(name: string): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => response.end(JSON.stringify({ name, headers: request.headers })));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { server, port: (server.address() as AddressInfo).port };
}

async function freePort(): Promise<number> {
  const { server, port } = await upstream('');
  await new Promise((closed) => server.close(closed));
  return port;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(port: number, host: string, headers: Record<string, string> = {}, path = '/a?b=c'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, headers: { host, ...headers }, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
  });
}

async function untilAnswers(port: number): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await ask(port, 'nobody');
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((again) => setTimeout(again, 50));
    }
  }
}

describe('the router sample in a real nginx', () => {
  let nginx: ChildProcess;
  let folder: string;
  let port: number;
  const upstreams: Server[] = [];

  before(async function () {
    this.timeout(120_000);
    const found = findNginx();
    if (found.kind === 'absent') {
      if (process.env['CI'] === 'true') throw new Error(found.why);
      console.log(`      skipped: ${found.why}`);
      return this.skip();
    }
    const hello = await upstream('hello');
    const acme = await upstream('acme-inc');
    upstreams.push(hello.server, acme.server);
    port = await freePort();
    folder = mkdtempSync(join(tmpdir(), 'empire-router-'));
    // Beside addresses and ports only where nginx keeps its own files, so that nobody need be root.
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`);
    const router = compiledRouter();
    const configuration = replaceEach(router.configuration, [
      ['resolver 169.254.169.253', 'resolver 127.0.0.1'],
      ['listen 8080', `listen 127.0.0.1:${port}`],
      ['hello.* hello.empire', `hello.* 127.0.0.1:${hello.port}`],
      ['acme.*  acme-inc.empire', `acme.* 127.0.0.1:${acme.port}`],
      ['/dev/stderr', `${folder}/error.log`],
      ['/dev/stdout', `${folder}/access.log`],
      ['http {', `http {\n${temporary.join('\n')}`],
    ]);
    const file = join(folder, 'nginx.conf');
    const [shell = '', flag = '', script = ''] = router.command;
    const command = replaceEach(script, [
      ['/etc/nginx/nginx.conf', file],
      ["nginx -g 'daemon off;'", `${found.program} -p ${folder} -c ${file} -g 'daemon off; pid ${folder}/nginx.pid;'`],
    ]);
    nginx = spawn(shell, [flag, command], { stdio: 'inherit', env: { ...process.env, NGINX_CONF: configuration } });
    await untilAnswers(port);
  });

  after(async () => {
    if (nginx !== undefined) {
      const gone = new Promise((resolve) => nginx.once('exit', resolve));
      nginx.kill('SIGQUIT');
      await gone;
      rmSync(folder, { recursive: true });
    }
    for (const server of upstreams) server.close();
  });

  it('sends a request to the app that its host names', async () => {
    expect(JSON.parse((await ask(port, 'hello.example.com')).body).name).to.equal('hello');
    expect(JSON.parse((await ask(port, 'acme.staging.example.com')).body).name).to.equal('acme-inc');
  });

  it('gives a request an id, and tells the app and the caller', async () => {
    const first = await ask(port, 'hello.example.com');
    const second = await ask(port, 'hello.example.com');
    expect(first.headers['x-request-id']).to.match(/^[0-9a-f]{32}$/);
    expect(JSON.parse(first.body).headers['x-request-id']).to.equal(first.headers['x-request-id']);
    expect(second.headers['x-request-id']).to.not.equal(first.headers['x-request-id']);
  });

  it('keeps an id that came along, and no nonsense', async () => {
    const kept = await ask(port, 'hello.example.com', { 'x-request-id': 'abcdefghij-0123456789' });
    expect(kept.headers['x-request-id']).to.equal('abcdefghij-0123456789');
    const made = await ask(port, 'hello.example.com', { 'x-request-id': '<script>' });
    expect(made.headers['x-request-id']).to.match(/^[0-9a-f]{32}$/);
  });

  it('routes by private name and hands the public one on', async () => {
    const { headers } = JSON.parse((await ask(port, 'hello.example.com', { 'x-forwarded-proto': 'https' })).body);
    expect(headers.host).to.match(/^127\.0\.0\.1:/);
    expect(headers['x-forwarded-host']).to.equal('hello.example.com');
    expect(headers['x-forwarded-proto']).to.equal('https');
  });

  it('answers 404 to a name that is no app, and is healthy by itself', async () => {
    expect((await ask(port, 'other.example.com')).status).to.equal(404);
    expect((await ask(port, '10.0.0.7', {}, '/router/health')).status).to.equal(200);
  });
});

/** Every text must be there: a changed sample must not pass by accident. */
function replaceEach(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((current, [from, to]) => {
    if (!current.includes(from)) throw new Error(`the router's configuration has no \`${from}\``);
    return current.replaceAll(from, to);
  }, text);
}
