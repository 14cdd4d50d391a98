import { runCommandLine } from '../../bin/command-line.js';

/** Runs a command line and prints, as the last line, the outside packages that it loaded. */
runCommandLine(process.argv.slice(2)).then((code) => {
  const packages = Object.keys(require.cache).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  process.stdout.write(`\n${[...new Set(packages)].sort().join(' ')}\n`);
  process.exitCode = code;
});
