import { expect } from 'chai';
import fc from 'fast-check';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { renderTemplateYaml } from '../../lib/view/template-yaml.js';

describe('a template as YAML', () => {
  it('quotes what a YAML reader would take for something else', () => {
    const text = renderTemplateYaml('{"a":"on","b":"2012-10-17","c":"22:22","d":"0777","e":"1e3","f":"~","g":"123456789012"}');
    for (const line of text.trim().split('\n')) expect(line).to.match(/: ['"]/);
  });

  it('keeps the order of keys and repeats what is there twice', () => {
    expect(renderTemplateYaml('{"z":{"x":1},"a":{"x":1}}')).to.equal('z:\n  x: 1\na:\n  x: 1\n');
  });

  it('reads back exactly, for YAML 1.1 and 1.2 readers', () => {
    const json = fc.dictionary(
      fc.string({ minLength: 1 }),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(json, (value) => {
        const text = renderTemplateYaml(JSON.stringify(value));
        expect(JSON.stringify(load(text, { schema: YAML11_SCHEMA }))).to.equal(JSON.stringify(value));
        expect(JSON.stringify(load(text))).to.equal(JSON.stringify(value));
      }),
      { numRuns: 100 },
    );
  });
});
