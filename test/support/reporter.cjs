/** Mocha's ordinary report, and at its end the files that took longest: what to look at when the tests become slow. */
const { join, relative, sep } = require('node:path');
const { reporters } = require('mocha');

const TESTS = join(__dirname, '..');
const SHOWN = 8;

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const took = new Map();
    runner.on('test end', ({ file, duration = 0 }) => took.set(file, (took.get(file) ?? 0) + duration));
    runner.once('end', () => {
      const slowest = [...took].sort(([, one], [, other]) => other - one).slice(0, SHOWN);
      const named = slowest.map(([file, milliseconds]) => `${name(file)} ${(milliseconds / 1000).toFixed(1)} s`);
      console.log(`slowest: ${named.join(', ')}\n`);
    });
  }
};

const name = (file) =>
  relative(TESTS, file)
    .replace(/\.test\.ts$/, '')
    .replaceAll(sep, '/');
