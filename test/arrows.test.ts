import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect } from 'chai';
import { type Import, importsOf, refusals } from './support/arrows.js';
import { ROOT } from './support/repository.js';

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
    .sort();
}

/** All import lines of the product, targets resolved to files of the repository. */
function allImports(): Import[] {
  return ['bin', 'lib', 'constructs'].flatMap(sources).flatMap((file) => importsOf(file, readFileSync(join(ROOT, file), 'utf8')));
}

describe('arrows between rooms', () => {
  it('are only the allowed ones', () => {
    const imports = allImports();
    expect(imports.length).to.be.greaterThan(100);
    expect(imports.flatMap(refusals)).to.deep.equal([]);
  });

  const broken: [string, string, string][] = [
    ['lib/parse/app.ts', "import { compileApp } from '../compile/index.js';", 'rooms meet only in the model'],
    ['lib/compile/index.ts', "import type { WrittenProcess } from '../parse/procfile/index.js';", 'rooms meet only in the model'],
    ['lib/view/yaml.ts', "export { Problems } from '../parse/problems.js';", 'rooms meet only in the model'],
    ['constructs/roles/resources.ts', "import { readFolder } from '../../lib/windows/disk.js';", 'rooms meet only in the model'],
    ['lib/model/app.ts', "import { Failure } from '../failure.js';", 'the model imports nothing'],
    ['lib/compile/yaml.ts', "import { load } from 'js-yaml';", 'js-yaml'],
    ['lib/parse/env.ts', "import dotenv from 'dotenv';", 'dotenv'],
    ['constructs/service/resources.ts', "import { CfnResource } from 'aws-cdk-lib/core';", 'aws-cdk-lib'],
    ['constructs/service/resources.ts', "const { Stack } = require('aws-cdk-lib');", 'aws-cdk-lib'],
    ['lib/compile/index.ts', "const cdk = await import('aws-cdk-lib');", 'aws-cdk-lib'],
    ['lib/compile/index.ts', "import type { Stack } from 'aws-cdk-lib';", 'aws-cdk-lib'],
    ['bin/empire-cdk.ts', "import { App } from 'aws-cdk-lib/core';", 'aws-cdk-lib'],
    ['lib/view/table.ts', "import { Command } from '@oclif/core';", '@oclif/core'],
    ['lib/parse/app.ts', "import { readFileSync } from 'node:fs';", 'node:fs'],
    ['lib/compile/index.ts', "import { readFile } from 'node:fs/promises';", 'node:fs'],
    ['lib/parse/app.ts', "import fs from 'fs';", 'node:fs'],
    ['lib/compile/index.ts', "import { S3Client } from '@aws-sdk/client-s3';", '@aws-sdk'],
    ['lib/compile/index.ts', "import leftPad from 'left-pad';", 'left-pad'],
    ['lib/parse/app.ts', "import {\n  a,\n  b,\n} from '../view/problem.js';", 'rooms meet only in the model'],
  ];
  for (const [file, text, reason] of broken) {
    it(`refuses ${file} with ${text.replaceAll('\n', ' ')}`, () => {
      const found = importsOf(file, text).flatMap(refusals);
      expect(found).to.have.lengthOf(1);
      expect(found[0]).to.include(file).and.to.include(reason);
    });
  }

  const fine: [string, string][] = [
    ['lib/commands/synth.ts', "import { parseFolder } from '../parse/folder.js';"],
    ['lib/parse/app.ts', "import type { App } from '../model/app.js';"],
    ['lib/compile/index.ts', "import { appStackResources } from '../../constructs/app-stack/resources.js';"],
    ['constructs/service/resources.ts', "import type { CfnService } from 'aws-cdk-lib/aws-ecs';"],
    ['constructs/service/index.ts', "import { CfnResource } from 'aws-cdk-lib/core';"],
    ['constructs/index.ts', "export * from './service/index.js';"],
  ];
  for (const [file, text] of fine) {
    it(`allows ${file} with ${text}`, () => {
      expect(importsOf(file, text).flatMap(refusals)).to.deep.equal([]);
    });
  }

  it('every relative import ends in .js and stays in the repository', () => {
    const wrong = allImports().filter(
      ({ target }) => target.startsWith('.') && !target.endsWith('.js') && !target.endsWith('.json'),
    );
    expect(wrong).to.deep.equal([]);
    const outside = allImports().filter(({ file, target }) => {
      return target.startsWith('.') && relative('.', normalize(join(dirname(file), target))).startsWith('..');
    });
    expect(outside).to.deep.equal([]);
  });
});
