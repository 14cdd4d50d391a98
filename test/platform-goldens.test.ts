import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { compactTemplate } from '../lib/compile/ground.js';
import type { JsonObject } from '../lib/model/json.js';
import { writesGoldens } from './support/golden.js';
import { platformKeyNames } from './support/key-names.js';
import { PLATFORM_GOLDENS, platformGoldens } from './support/platform-golden.js';
import { ServiceSpec } from './support/service-spec.js';

/** What a request to CloudFormation may hold. */
const INLINE = 51_200;

describe('the platform', () => {
  for (const golden of platformGoldens()) {
    it(`has the template of ${golden.name}${golden.environment === 'default' ? '' : ` in ${golden.environment}`}`, () => {
      if (writesGoldens) writeFileSync(golden.file, `${golden.text}\n`);
      expect(existsSync(golden.file), `${golden.file} is missing: npm run golden writes it`).to.equal(true);
      expect(`${golden.text}\n`).to.equal(readFileSync(golden.file, 'utf8'));
    });
  }

  it('has a golden for every key of its file', () => {
    const files = readdirSync(PLATFORM_GOLDENS).flatMap((name) =>
      readdirSync(join(PLATFORM_GOLDENS, name))
        .filter((file) => file.startsWith('platform'))
        .map((file) => readFileSync(join(PLATFORM_GOLDENS, name, file), 'utf8')),
    );
    const missing = platformKeyNames().filter((key) => !files.some((text) => new RegExp(`^${key}=`, 'm').test(text)));
    expect(missing).to.deep.equal([]);
  });

  it('fits into one request, with a large margin when nothing was written', () => {
    for (const { name, text } of platformGoldens()) {
      expect(Buffer.byteLength(compactTemplate(text)), name).to.be.lessThan(INLINE);
      if (name !== 'everything-made') expect(Buffer.byteLength(text), name).to.be.lessThan(INLINE);
      if (name === 'no-file') expect(Buffer.byteLength(text)).to.be.lessThan(INLINE / 3);
    }
  });

  it('traces every resource to a key of its file', () => {
    const keys = new Set(platformKeyNames().map((key) => `/${key}`));
    for (const { name, compiled } of platformGoldens()) {
      const untraced = compiled.template.resources.filter(({ from }) => from.length === 0 || !from.every((key) => keys.has(key)));
      expect(
        untraced.map(({ id, from }) => `${id} ${from}`),
        name,
      ).to.deep.equal([]);
    }
    const tagged = platformGoldens().find(({ name }) => name === 'nat-per-zone');
    expect(tagged?.compiled.sourceMap.resources['NatGateway3']?.from).to.deep.equal(['platform:1:5']);
  });

  it('says `arn:aws` and `amazonaws.com` nowhere of its own accord', () => {
    for (const { name, compiled } of platformGoldens().filter(({ name }) =>
      /china|govcloud|no-file|everything-made/.test(name),
    )) {
      const texts = [...JSON.stringify(compiled.template).matchAll(/arn:aws[^"]*|[a-z0-9.-]*amazonaws\.com[a-z.]*/g)].map(String);
      const principals = ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com', 'scheduler.amazonaws.com'];
      const written = 'arn:aws-us-gov:iam::123456789012:policy/boundary';
      expect(
        texts.filter((text) => ![...principals, written].includes(text)),
        name,
      ).to.deep.equal([]);
    }
  });

  it('tags everything that takes tags', () => {
    const spec = new ServiceSpec();
    for (const { name, compiled } of platformGoldens()) {
      for (const { id, type, properties } of compiled.template.resources) {
        const property = spec.tagProperty(type);
        if (property === undefined) continue;
        expect(JSON.stringify(properties[property] ?? null), `${name} ${id} (${type})`).to.include('empire:environment');
      }
    }
  });

  it('has only resource types, properties and value types that AWS knows', () => {
    const spec = new ServiceSpec();
    const faults = platformGoldens().flatMap(({ name, text }) => {
      const { Resources }: { Resources: Record<string, { Type: string; Properties?: JsonObject }> } = JSON.parse(text);
      return Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) =>
        spec.faults(Type, Properties).map((fault) => `${name} ${id} ${fault}`),
      );
    });
    expect(faults).to.deep.equal([]);
  });
});
