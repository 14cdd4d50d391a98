// Loaded into every process of a run: at its end writes what it used, which only the process itself can ask for.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').appendFileSync(process.env.EMPIRE_BENCH_PROBE, `${maxRSS} ${userCPUTime + systemCPUTime}\n`);
});
