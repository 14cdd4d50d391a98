import type { App } from '../../lib/model/app.js';
import type { Entry, Folder } from '../../lib/model/folder.js';
import type { Platform } from '../../lib/model/platform.js';
import { parseFolder } from '../../lib/parse/folder.js';

const NONE = { kind: 'none' } as const;

/** A folder of apps as if it stood on disk: app → file → text. */
export function folderOf(apps: Readonly<Record<string, Readonly<Record<string, string>>>>, platform = ''): Folder {
  return {
    appsPath: 'apps',
    apps: Object.keys(apps)
      .sort()
      .map((name) => ({
        name,
        path: `apps/${name}`,
        entries: Object.entries(apps[name] as Record<string, string>).map(([file, text]) =>
          entry(file, `apps/${name}/${file}`, text),
        ),
      })),
    strays: [],
    platforms: platform === '' ? [] : [entry('platform', 'platform', platform)],
    ledger: NONE,
  };
}

const entry = (name: string, path: string, text: string): Entry => ({
  name,
  path,
  content: { kind: 'bytes', bytes: Buffer.from(text) },
});

/** The apps of a folder that has no errors. */
export function readApps(folder: Folder): { readonly apps: readonly App[]; readonly platform: Platform } {
  const { apps, platform, problems } = parseFolder(folder, 'default', NONE);
  const error = problems.find(({ severity }) => severity === 'error');
  if (error !== undefined || platform.kind === 'none')
    throw new Error(`the folder of the test is refused: ${JSON.stringify(error)}`);
  return { apps: apps.flatMap(({ app }) => (app.kind === 'given' ? [app.value] : [])), platform: platform.value };
}
