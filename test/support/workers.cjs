/**
 * What the processes need that run test files for mocha's pool.
 *
 * The pool gives a finished process one second to end and then sends SIGTERM, but writing the coverage of everything it ran
 * takes longer: without a handler all of it would be lost now and then, and `scripts/coverage.ts` would fail.
 *
 * Programs that tests start are not measured (what is measured runs in this process), and would each take time to write it. A file of
 * certificates would cost each of them more than Node itself; only who installs something has them again.
 */
exports.certificates = {};
if (process.env.MOCHA_WORKER_ID !== undefined) {
  process.on('SIGTERM', () => {});
  delete process.env.NODE_V8_COVERAGE;
  const { NODE_EXTRA_CA_CERTS } = process.env;
  if (NODE_EXTRA_CA_CERTS !== undefined) exports.certificates = { NODE_EXTRA_CA_CERTS };
  delete process.env.NODE_EXTRA_CA_CERTS;
}
