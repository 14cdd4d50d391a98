/**
 * What the processes need that run test files for mocha's pool.
 *
 * The pool gives a finished process one second to end and then sends SIGTERM, but writing the coverage of everything it ran
 * takes longer: without a handler all of it would be lost now and then, and `scripts/coverage.ts` would fail.
 *
 * Programs that tests start are not measured (what is measured runs in this process), and would each take time to write it.
 */
if (process.env.MOCHA_WORKER_ID !== undefined) {
  process.on('SIGTERM', () => {});
  delete process.env.NODE_V8_COVERAGE;
}
