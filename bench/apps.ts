import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a root with many apps of three processes each: web, worker and a scheduled one. */
export function writeApps(root: string, apps: number): void {
  for (let number = 1; number <= apps; number++) {
    const folder = join(root, 'apps', `app-${String(number).padStart(4, '0')}`);
    mkdirSync(folder, { recursive: true });
    const files: Record<string, string> = {
      image: `registry.example.com/app:${number}\n`,
      Procfile: `web: bin/web --number ${number}\nworker: bin/worker\nreport:\n  command: bin/report\n  cron: "0 6 * * MON-FRI"\n`,
      env: `RACK_ENV=production\nNUMBER=${number}\nDATABASE_POOL=5\n`,
      scale: 'web=2:2X\nworker=1:256:512mb\n',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  }
}
