import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import type { BundleFiles } from '../bin/quick/bundles.js';
import { writeHelps } from './helps.js';
import { typesNamedIn } from './some-types.js';
import { warm } from './warm.js';

/** After `tsc`: the bundles in `dist/quick` that `bin/empire` starts with. The built files stay, and are what tests and oclif run. */

const ROOT = join(__dirname, '..');
const DIST = join(ROOT, 'dist');
const OUT = join(DIST, 'quick');

const COMMON: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  charset: 'ascii',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: DIST,
};

async function main(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const { loadConfig } = require(join(DIST, 'bin', 'command-line.js')) as typeof import('../bin/command-line.js');
  const config = await loadConfig();
  const files: BundleFiles = {
    main: await bundle('main', mainEntry(config.commandIDs), [inPlaceOf(MAIN_STANDINS)]),
    aws: await bundle('aws', "module.exports = require('./lib/windows/aws/index.js');", [inPlaceOf(AWS_STANDINS)]),
    diff: await bundle('diff', "module.exports = require('@aws-cdk/cloudformation-diff');", [inPlaceOf(diffStandins())]),
  };
  await writeHelps(config, join(OUT, 'help'));
  const define = { BUILT: JSON.stringify({ version: config.version, files }) };
  await build({ ...COMMON, entryPoints: [join(DIST, 'bin', 'quick', 'start.js')], outfile: join(OUT, 'start.js'), define });
  warm(join(ROOT, 'bin'));
}

/** Every command behind its id, loaded when it is asked for. */
function mainEntry(ids: readonly string[]): string {
  const rows = [...ids].sort().map((id) => `  ${JSON.stringify(id)}: () => require(${JSON.stringify(commandFile(id))}),`);
  return `const { runQuickly } = require('./bin/quick/run.js');
const table = {
${rows.join('\n')}
};
exports.run = (words, program) => runQuickly(words, table, program);
exports.table = table;
exports.openCdk = () => require('./bin/empire-cdk.js').open();
exports.failure = require('./lib/failure.js');
`;
}

function commandFile(id: string): string {
  const path = `./lib/commands/${id.replaceAll(':', '/')}`;
  const names = [`${path}.js`, `${path}/index.js`];
  return names.find((name) => exists(join(DIST, name))) as string;
}

function exists(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

const SERVICE_SPEC = '@aws-cdk/aws-service-spec';

/** What a bundle has instead of a module: text, by the path of the file or the name of the package. */
type Standins = Readonly<Record<string, string>>;

/** Without oclif, AWS and the packages that only the engine needs. `debug` would print every value of a platform file with `DEBUG=*`. */
const MAIN_STANDINS: Standins = {
  '@oclif/core': "module.exports = require('./bin/quick/oclif.js');",
  debug: 'module.exports = () => () => {};',
  [join(DIST, 'lib', 'windows', 'aws', 'index.js')]: "module.exports = require('#aws');",
  '@aws-cdk/cloudformation-diff': "module.exports = require('#diff');",
};

/** A second class `Failure` would be another one for `instanceof`. */
const AWS_STANDINS: Standins = { [join(DIST, 'lib', 'failure.js')]: "module.exports = require('#main').failure;" };

/** Of all of AWS it knows the types that we make; for others it reads the package itself. */
function diffStandins(): Standins {
  const known = JSON.stringify(typesNamedIn(join(DIST, 'constructs')));
  const someTypes = "require('./bin/quick/service-spec.js').someTypes";
  return { [SERVICE_SPEC]: `module.exports = ${someTypes}(${known}, () => require('${SERVICE_SPEC}'));` };
}

const inPlaceOf = (standins: Standins): Plugin => ({
  name: 'in-place-of',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, resolveDir, namespace }) => {
      if (path.startsWith('#')) return { path, external: true };
      const key = path.startsWith('.') ? resolve(resolveDir, path) : path;
      return namespace === 'file' && Object.hasOwn(standins, key) ? { path: key, namespace: 'standin' } : undefined;
    });
    onLoad({ filter: /\.js$/, namespace: 'file' }, ({ path }) => {
      const ours = path.startsWith(DIST);
      return ours ? { contents: loadedWhenNeeded(readFileSync(path, 'utf8')), loader: 'js' } : undefined;
    });
    onLoad({ filter: /./, namespace: 'standin' }, ({ path }) => ({ contents: standins[path] as string, resolveDir: DIST }));
  },
});

/**
 * What `tsc` writes as `const a_1 = require("./a.js")` and uses as `a_1.name` is loaded at that use: a command then evaluates only what it comes by.
 * None of our modules does anything when it is loaded.
 */
function loadedWhenNeeded(text: string): string {
  let later = text;
  for (const [line, name, required] of text.matchAll(/^const (\w+_\d+) = (require\("[^"]+"\));$/gm)) {
    const loaded = `let ${name}_loaded; const ${name} = () => ${name}_loaded ??= ${required}`;
    later = later.replace(line, loaded).replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `(${name}()).`);
  }
  return later;
}

/** Bundles are read as one byte a letter. esbuild leaves regular expressions as they are, and there an escape means the same. */
function inAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  return text.replaceAll(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Writes one bundle and gives the name of its file. */
async function bundle(name: string, contents: string, plugins: Plugin[]): Promise<string> {
  const { outputFiles } = await build({
    ...COMMON,
    stdin: { contents, resolveDir: DIST, sourcefile: `${name}.js` },
    external: [SERVICE_SPEC, 'aws-cdk-lib', 'constructs'],
    mainFields: ['module', 'main'],
    write: false,
    plugins,
  });
  const { text: inner } = outputFiles[0] as { readonly text: string };
  const text = `(function (exports, require, module, __filename, __dirname) {${inAscii(inner)}\n})`;
  const file = `${name}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.js`;
  writeFileSync(join(OUT, file), text);
  return file;
}

void main();
