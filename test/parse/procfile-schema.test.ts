import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { KEY_NAMES } from '../../lib/parse/procfile/keys.js';
import { formatProcfileSchema, procfileSchema } from '../../lib/parse/procfile/schema.js';

const ROOT = join(__dirname, '..', '..');
const validate = new Ajv({ allowUnionTypes: true }).compile(procfileSchema());
const accepts = (yaml: string): boolean => validate(load(yaml, { schema: YAML11_SCHEMA }));

describe('the schema of the Procfile', () => {
  it('is current: `npm run schema` writes it', () => {
    expect(readFileSync(join(ROOT, 'schema', 'procfile.schema.json'), 'utf8')).to.equal(formatProcfileSchema());
  });

  it('describes every key', () => {
    const { definitions } = procfileSchema() as unknown as { definitions: { process: { properties: object } } };
    expect(Object.keys(definitions.process.properties)).to.deep.equal([...KEY_NAMES]);
  });

  it('accepts the reference app', () => {
    const valid = accepts(readFileSync(join(ROOT, 'apps', 'reference', 'Procfile'), 'utf8'));
    expect(validate.errors ?? []).to.deep.equal([]);
    expect(valid).to.equal(true);
  });

  it('accepts the forms of each value', () => {
    for (const body of [
      'drain: 30',
      'drain: 5m',
      'health: /',
      'deploy: canary',
      'sticky: 1h',
      'ports: [80, "81:82"]',
      'cron: "@daily"',
    ])
      expect(accepts(`web: {${body}}`), body).to.equal(true);
  });

  it('refuses unknown keys at every level', () => {
    for (const body of [
      'comand: x',
      'health: {pth: /}',
      'arch: arm46',
      'ulimits: {nofiles: 1}',
      'sidecars: {a: {image: b, x: 1}}',
      'stop: {signal: SIGINT}',
    ])
      expect(accepts(`web: {${body}}`), body).to.equal(false);
    expect(accepts('Web: {}')).to.equal(false);
  });
});
