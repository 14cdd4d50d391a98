import { expect } from 'chai';
import { defaultProcess, parseProcfile } from '../../lib/parse/procfile/index.js';
import { SourceText } from '../../lib/parse/source-text.js';
import { Problems } from '../../lib/problems.js';

function read(text: string) {
  const problems = new Problems();
  const written = parseProcfile(new SourceText('Procfile', text), problems);
  return { written, keys: written[0]?.keys ?? {}, codes: problems.all.map(({ code }) => code) };
}

/** The value of one key of `web`, and the codes of what was said about it. */
function value(key: string, yaml: string) {
  const { keys, codes } = read(`web:\n  ${key}: ${yaml}\n`);
  return { value: (keys as Record<string, { value: unknown } | undefined>)[key]?.value, codes };
}

describe('the Procfile', () => {
  it('is one process web without a Procfile', () => {
    expect(defaultProcess()).to.deep.equal({ name: 'web', place: { kind: 'file', file: 'Procfile' }, keys: {} });
  });

  it('holds commands and maps side by side, in the order of the file', () => {
    const { written, codes } = read('web: bin/web --port 80\nworker:\n  command: [bin/worker, ""]\nold:\n');
    expect(codes).to.deep.equal([]);
    expect(written.map(({ name, keys }) => [name, keys.command?.value])).to.deep.equal([
      ['web', { kind: 'words', words: ['bin/web', '--port', '80'] }],
      ['worker', { kind: 'words', words: ['bin/worker', ''] }],
      ['old', undefined],
    ]);
  });

  it('knows where each value was written', () => {
    expect(read('web:\n  drain: 20s\n').keys.drain?.place).to.deep.equal({
      kind: 'point',
      file: 'Procfile',
      line: 2,
      column: 10,
    });
  });

  it('reads a tilde as not given, except in an environment', () => {
    expect(value('drain', '~')).to.deep.equal({ value: undefined, codes: [] });
    const { keys } = read('web:\n  environment: {A: ~, B: 22:22, C: yes, D: 0777, E: 1.50}\n');
    expect(keys.environment?.value.map(({ name, value: text }) => `${name}=${text}`)).to.deep.equal([
      'A=',
      'B=22:22',
      'C=yes',
      'D=0777',
      'E=1.50',
    ]);
  });

  it('takes booleans in any case', () => {
    for (const word of ['true', 'Yes', 'ON']) expect(value('init', word).value, word).to.equal(true);
    for (const word of ['false', 'No', 'OFF']) expect(value('init', word).value, word).to.equal(false);
    for (const word of ['1', 'y', 'truee', '""']) expect(value('init', word).codes, word).to.deep.equal(['procfile-boolean']);
  });

  it('counts durations in seconds', () => {
    expect(['30', '30s', '5m', '1h'].map((text) => value('drain', text).value)).to.deep.equal([30, 30, 300, 3600]);
    expect(value('drain', '2h').codes).to.deep.equal(['procfile-range']);
    expect(value('drain', '-5').codes).to.deep.equal(['procfile-duration']);
  });

  it('chooses the protocol by the port of the load balancer', () => {
    const protocols = (yaml: string) => read(`web:\n  ports: ${yaml}\n`).keys.ports?.value.map(({ protocol }) => protocol);
    expect(protocols('["80:3000", 8080, 443]')).to.deep.equal(['http', 'http', 'https']);
    expect(protocols('[{"5222": {protocol: ssl}}, 22:22]')).to.deep.equal(['tls', 'tcp']);
    expect(protocols('[]')).to.deep.equal([]);
  });

  it('asks for success only when a health path is named', () => {
    expect(value('health', '/alive').codes).to.deep.equal([]);
    expect(value('health', '{command: bin/alive}').value)
      .to.have.nested.property('command.value')
      .deep.equal(['CMD', 'bin/alive']);
    expect(value('health', '{command: [CMD-SHELL, "a || b"]}').value)
      .to.have.nested.property('command.value')
      .deep.equal(['CMD-SHELL', 'a || b']);
  });

  it('fills in the settings of a deployment', () => {
    expect(value('deploy', 'canary').value).to.deep.equal({ kind: 'canary', percent: 5, stepMinutes: 10, bakeMinutes: 5 });
    expect(value('deploy', 'linear').value).to.deep.equal({ kind: 'linear', percent: 10, stepMinutes: 6, bakeMinutes: 5 });
    expect(value('deploy', '{strategy: canary, percent: 20%, step: 1h, bake: 0}').value).to.deep.equal({
      kind: 'canary',
      percent: 20,
      stepMinutes: 60,
      bakeMinutes: 0,
    });
    expect(value('deploy', '{max: 150}').value).to.deep.equal({ kind: 'rolling', minHealthyPercent: 100, maxPercent: 150 });
    for (const setting of ['percent: 5', 'step: 5m', 'bake: 5m'])
      expect(value('deploy', `{${setting}}`).codes, setting).to.deep.equal(['deploy-setting']);
  });

  it('knows three ways to name an EFS volume', () => {
    const found = read(
      'web:\n  volumes:\n    - {path: /a, efs: fs-01234567}\n    - {path: /b, efs: "fs-01234567:/dir"}\n    - {path: /c, efs: fs-01234567/fsap-89abcdef}\n',
    );
    expect(found.codes).to.deep.equal([]);
    expect(
      found.keys.volumes?.value.map(({ value: volume }) => volume.kind === 'efs' && [volume.directory, volume.accessPoint]),
    ).to.deep.equal([
      [{ kind: 'none' }, { kind: 'none' }],
      [{ kind: 'given', value: '/dir' }, { kind: 'none' }],
      [{ kind: 'none' }, { kind: 'given', value: 'fsap-89abcdef' }],
    ]);
  });

  it('takes ephemeral storage from 21 to 200 GiB', () => {
    const codes = (size: string) => value('volumes', `[{path: /tmp, ephemeral: ${size}}]`).codes;
    for (const size of ['true', '21gb', '200GiB', '40.5g']) expect(codes(size), size).to.deep.equal([]);
    for (const size of ['20gb', '201gb']) expect(codes(size), size).to.deep.equal(['procfile-range']);
    expect(codes('40')).to.deep.equal(['procfile-memory']);
  });

  it('keeps raw properties as they look', () => {
    const { keys } = read('web:\n  ecs:\n    task: {A: true, B: 12, C: "12", D: ~, E: [1.5, 012345678901], __proto__: x}\n');
    expect(JSON.stringify(keys.ecs?.value.task?.value)).to.equal(
      '{"A":true,"B":12,"C":"12","D":null,"E":[1.5,"012345678901"],"__proto__":"x"}',
    );
  });

  it('refuses names from the prototype of an object like any other', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(value(name, '1').codes, name).to.deep.equal(['procfile-unknown-key']);
      expect(value('health', `{${name}: 1}`).codes, name).to.deep.equal(['procfile-unknown-field']);
      expect(value('ulimits', `{${name}: 1}`).codes, name).to.deep.equal(['ulimit-name']);
      expect(value('arch', name).codes, name).to.deep.equal(['procfile-choice']);
      expect(value('sticky', name).codes, name).to.deep.equal(['procfile-duration']);
    }
    expect(read('__proto__: bin/x\n').codes).to.deep.equal(['process-name']);
    expect(read('constructor: bin/x\n').codes).to.deep.equal([]);
  });

  it('refuses a name that would meet another one', () => {
    expect(read('a-b: x\nab: y\n').codes).to.deep.equal(['process-name-clash']);
    expect(read('a_b: x\na-b: y\n').codes).to.deep.equal(['process-name-clash']);
    expect(read('a: x\na: y\n').codes).to.deep.equal(['procfile-duplicate-name']);
    expect(read(`a${'b'.repeat(29)}: x\n`).codes).to.deep.equal([]);
    expect(read(`a${'b'.repeat(30)}: x\n`).codes).to.deep.equal(['process-name']);
    expect(read('app: x\n').codes).to.deep.equal(['process-name-reserved']);
  });

  it('guesses at every level', () => {
    const hint = (text: string) => {
      const problems = new Problems();
      parseProcfile(new SourceText('Procfile', text), problems);
      return problems.all[0]?.hint;
    };
    expect(hint('web:\n  port: [80]\n')).to.equal('did you mean `ports`?');
    expect(hint('web:\n  autoscale: {queue: {nam: jobs, per_task: 1}}\n')).to.equal('did you mean `name`?');
    expect(hint('web:\n  sidecars: {nginx: {imge: nginx}}\n')).to.equal('did you mean `image`?');
    expect(hint('web:\n  deploy: bluegreen\n')).to.equal('did you mean `blue-green`?');
  });
});
