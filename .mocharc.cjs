const { availableParallelism } = require('node:os');

module.exports = {
  extension: ['test.ts'],
  recursive: true,
  // Not tsx's loader of modules: it lives in a thread of its own, and asking it took a third of the time.
  require: ['tsx/cjs', './test/support/use-build.cjs', './test/support/workers.cjs', './test/support/moto-nursery.cjs'],
  reporter: './test/support/reporter.cjs',
  timeout: 60000,
  forbidOnly: true,
  // Files run side by side, one in each process, so a test may change the working directory and the environment.
  parallel: true,
  jobs: Math.max(2, availableParallelism()),
};
