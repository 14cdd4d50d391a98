import type { Process } from '../../lib/model/app.js';
import type { Folder } from '../../lib/model/folder.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Problem } from '../../lib/model/problem.js';
import { parseDomains } from '../../lib/parse/domains.js';
import { OriginsBuilder } from '../../lib/parse/origins.js';
import { parsePlatform } from '../../lib/parse/platform.js';
import { assembleProcesses, parseProcfile } from '../../lib/parse/procfile/index.js';
import { parseScale } from '../../lib/parse/scale.js';
import { SourceText } from '../../lib/parse/source-text.js';
import { Problems } from '../../lib/problems.js';

/** What the files of one app say about its processes. */
export interface ProcessFiles {
  readonly Procfile: string;
  readonly scale?: string;
  readonly domains?: string;
  readonly platform?: string;
}

export interface AssembledProcesses {
  readonly processes: readonly Process[];
  readonly problems: readonly Problem[];
  readonly origins: OriginsBuilder;
}

export function platformOf(text: string): Platform {
  const bytes = new TextEncoder().encode(text);
  const folder: Folder = {
    appsPath: 'apps',
    apps: [],
    strays: [],
    platforms: [{ name: 'platform', path: 'platform', content: { kind: 'bytes', bytes } }],
    ledger: { kind: 'none' },
  };
  const platform = parsePlatform(folder, 'default', new Problems());
  if (platform.kind === 'none') throw new Error(`a broken platform in a test: ${text}`);
  return platform.value;
}

/** Files → processes, without a folder. */
export function processesOf(files: ProcessFiles): AssembledProcesses {
  const problems = new Problems();
  const origins = new OriginsBuilder();
  const written = parseProcfile(new SourceText('Procfile', files.Procfile), problems);
  const { entries } = parseScale(new SourceText('scale', files.scale ?? ''), false, problems);
  const processes = assembleProcesses({
    written,
    scale: new Map(entries.map((entry) => [entry.process, entry])),
    domains: parseDomains(new SourceText('domains', files.domains ?? ''), problems),
    platform: platformOf(files.platform ?? ''),
    origins,
    problems,
  });
  return { processes, problems: problems.all, origins };
}
