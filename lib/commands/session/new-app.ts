import type { Entry, Folder } from '../../model/folder.js';
import type { Problem } from '../../model/problem.js';
import { parseFolder } from '../../parse/folder.js';

/** What a person says about an app that is to be made. */
export interface NewApp {
  readonly name: string;
  readonly image: string;
  /** Empty: the image's own. */
  readonly command: string;
  readonly port: string;
}

export interface NewFile {
  readonly name: string;
  readonly text: string;
}

/** Lines of `.gitignore`. */
export const IGNORED = ['.empire/', 'cdk.out/'];

/** The files of a new app directory. */
export function newAppFiles(app: NewApp): NewFile[] {
  return [
    { name: 'image', text: `${app.image}\n` },
    { name: 'Procfile', text: procfile(app) },
    { name: 'env', text: '# NAME=value, one a line; every process has them. Passwords and keys belong in `secrets`.\n' },
    { name: 'scale', text: '# process=count:size\nweb=1:1X\n' },
  ];
}

function procfile({ command, port }: NewApp): string {
  if (port === '8080') return command === '' ? 'web:\n' : `web: ${command}\n`;
  const ports = `  ports: ["80:${port}"]\n`;
  return command === '' ? `web:\n${ports}` : `web:\n  command: ${JSON.stringify(command)}\n${ports}`;
}

/** What the repository needs the first time. */
export function repositoryFiles(): NewFile[] {
  return [
    { name: 'platform', text: PLATFORM },
    { name: 'cdk.json', text: `${JSON.stringify(CDK, null, 2)}\n` },
  ];
}

const PLATFORM = `# The shared ground of the default environment: NAME=value, one a line. Everything has a default.
# REGION=us-east-1
# ACCOUNT=123456789012
`;

const CDK = { app: 'npx empire-cdk', versionReporting: false, pathMetadata: false, assetMetadata: false };

/** What parse says about the files before they are written, so that nothing wrong is. */
export function checkNewApp(app: NewApp, appsPath: string): readonly Problem[] {
  const path = `${appsPath}/${app.name}`;
  const entries = newAppFiles(app).map((file): Entry => entryOf(file.name, `${path}/${file.name}`, file.text));
  const folder: Folder = {
    appsPath,
    apps: [{ name: app.name, path, entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) }],
    strays: [],
    platforms: [entryOf('platform', 'platform', PLATFORM)],
    ledger: { kind: 'none' },
  };
  return parseFolder(folder, 'default', { kind: 'none' }).problems;
}

function entryOf(name: string, path: string, text: string): Entry {
  return { name, path, content: { kind: 'bytes', bytes: new TextEncoder().encode(text) } };
}
