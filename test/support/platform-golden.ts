import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatTemplate } from '../../lib/compile/format-template.js';
import type { Ground } from '../../lib/model/ground.js';
import { parseFolder } from '../../lib/parse/folder.js';
import { type CompiledPlatform, compilePlatform } from '../../lib/pipeline.js';
import { environments } from './golden.js';
import { ROOT } from './repository.js';
import { readRoot } from './root.js';

export const PLATFORM_GOLDENS = join(ROOT, 'test', 'golden-platform');

/** One platform of test/golden-platform in one environment, with the file that holds its template. */
export interface PlatformGolden {
  readonly name: string;
  readonly environment: string;
  readonly file: string;
  readonly ground: Ground;
  readonly compiled: CompiledPlatform;
  /** The bytes of the template file. */
  readonly text: string;
}

let known: readonly PlatformGolden[] | undefined;

/** Every case, compiled once. */
export function platformGoldens(): readonly PlatformGolden[] {
  known ??= readdirSync(PLATFORM_GOLDENS)
    .sort()
    .flatMap((name) => environments(join(PLATFORM_GOLDENS, name)).map((environment) => compileCase(name, environment)));
  return known;
}

function compileCase(name: string, environment: string): PlatformGolden {
  // These have no apps, and need none.
  const folder = { ...readRoot(join(PLATFORM_GOLDENS, name), { only: [] }), strays: [] };
  const parsed = parseFolder(folder, environment, { kind: 'given', value: [] });
  const { compiled, problems } = compilePlatform(parsed);
  const errors = [...parsed.problems, ...problems].filter(({ severity }) => severity === 'error');
  if (compiled.kind === 'none' || errors.length > 0) throw new Error(`${name}: ${JSON.stringify(errors)}`);
  const { value } = compiled;
  const file = join(PLATFORM_GOLDENS, name, environment === 'default' ? 'template.json' : `${environment}.template.json`);
  return { name, environment, file, ground: value.ground, compiled: value, text: formatTemplate(value.template) };
}
