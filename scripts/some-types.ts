import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { ResourceModel } from '../bin/quick/service-spec.js';

/** The types of resources that the code in a folder names, as the diff of templates needs them. */
export function typesNamedIn(folder: string): ResourceModel[] {
  const spec = loadAwsServiceSpecSync();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  const named = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/AWS::\w+::\w+/g) ?? []);
  return [...new Set(named)].sort().flatMap((type) => {
    const [model] = spec.lookup('resource', 'cloudFormationType', 'equals', type);
    return model === undefined ? [] : [slim(model as unknown as ResourceModel)];
  });
}

/** Without documentation and everything else that nobody asks for. */
function slim({ cloudFormationType, scrutinizable, properties }: ResourceModel): ResourceModel {
  const needed = Object.entries(properties).map(([name, { causesReplacement, scrutinizable }]) => [
    name,
    { ...(causesReplacement ? { causesReplacement } : {}), ...(scrutinizable ? { scrutinizable } : {}) },
  ]);
  return { cloudFormationType, ...(scrutinizable ? { scrutinizable } : {}), properties: Object.fromEntries(needed) };
}
