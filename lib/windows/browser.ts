import { spawn } from 'node:child_process';

/** How a platform opens an address: a program and the words before the address. */
interface Opener {
  readonly program: string;
  readonly words: readonly string[];
}

/**
 * Opens an address in the browser of this computer. `no-display`: there is nobody to show it to (a server, CI, a remote shell);
 * `failed`: the platform's opener is not there or refused. The address must be http or https: it may become a part of a command.
 */
export async function openBrowser(
  address: string,
  surroundings: { readonly platform: string; readonly variables: Readonly<Record<string, string | undefined>> } = {
    platform: process.platform,
    variables: process.env,
  },
): Promise<'opened' | 'no-display' | 'failed'> {
  const opener = openerOf(surroundings.platform, surroundings.variables);
  if (opener === undefined) return 'no-display';
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'failed';
  const child = spawn(opener.program, [...opener.words, url.href], {
    detached: true,
    stdio: 'ignore',
    env: { ...surroundings.variables },
  });
  return new Promise((done) => {
    child.once('error', () => done('failed'));
    child.once('spawn', () => {
      child.unref();
      done('opened');
    });
  });
}

function openerOf(platform: string, variables: Readonly<Record<string, string | undefined>>): Opener | undefined {
  if (variables['CI'] || variables['SSH_CONNECTION']) return undefined;
  if (platform === 'darwin') return { program: 'open', words: [] };
  if (platform === 'win32') return { program: 'rundll32', words: ['url.dll,FileProtocolHandler'] };
  return variables['DISPLAY'] || variables['WAYLAND_DISPLAY'] ? { program: 'xdg-open', words: [] } : undefined;
}
