import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from '../failure.js';
import type { ExecSession } from '../model/windows.js';

const NAME = 'session-manager-plugin';
const DOWNLOADS = 'https://s3.amazonaws.com/session-manager-downloads/plugin/latest';

/**
 * Path of Session Manager's plugin, the program that connects a terminal to a container.
 *
 * @throws Failure `session-plugin-missing`
 */
export function findSessionPlugin(): string {
  const names = process.platform === 'win32' ? [`${NAME}.exe`] : [NAME];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
  if (found !== undefined) return found;
  throw new Failure(
    NAME,
    'this program of AWS, which connects a terminal to a container, is not installed',
    `install it: ${installCommand(process.platform, process.arch)}`,
    'session-plugin-missing',
  );
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html */
export function installCommand(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'darwin') return '`brew install --cask session-manager-plugin`';
  if (platform !== 'linux') return `${DOWNLOADS}/windows/SessionManagerPluginSetup.exe`;
  const deb = `${DOWNLOADS}/ubuntu_${arch === 'arm64' ? 'arm64' : '64bit'}/${NAME}.deb`;
  return `\`curl -fO ${deb} && sudo dpkg -i ${NAME}.deb\` (elsewhere the .rpm beside it)`;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** What was said, when it was caught and not shown; and how the plugin itself ended. */
export interface PluginEnd {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs the plugin as the AWS CLI does: the session, its region, what began it, and where to ask for it anew. Ctrl-C is the program's in the
 * container: the plugin hands it on.
 */
export function runSessionPlugin(plugin: string, session: ExecSession, screen: 'shown' | 'caught'): Promise<PluginEnd> {
  const { id: SessionId, url: StreamUrl, token: TokenValue, target, region } = session;
  const words = [
    JSON.stringify({ SessionId, StreamUrl, TokenValue }),
    region,
    'StartSession',
    process.env['AWS_PROFILE'] ?? '',
    JSON.stringify({ Target: target }),
    `https://ssm.${region}.amazonaws.com`,
  ];
  const ignore = (): void => {};
  process.on('SIGINT', ignore);
  return new Promise<PluginEnd>((resolve, reject) => {
    const child = spawn(plugin, words, { stdio: ['inherit', screen === 'shown' ? 'inherit' : 'pipe', 'inherit'] });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 125, output }));
  }).finally(() => process.off('SIGINT', ignore));
}
