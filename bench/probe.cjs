// Loaded into every process of a run: at its end writes what it used, which only the process itself can ask for.
// A thread loads this too, and what it would write is of the whole process.
if (require('node:worker_threads').isMainThread) process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').appendFileSync(process.env.EMPIRE_BENCH_PROBE, `${maxRSS} ${userCPUTime + systemCPUTime}\n`);
});
