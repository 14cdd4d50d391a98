import { Failure } from '../../failure.js';
import type { App } from '../../model/app.js';
import type { AppDirectory } from '../../model/folder.js';
import type { Change } from './change.js';
import { layerName } from './config-files.js';
import type { ReleaseFlags } from './flags.js';
import { directoryOf, type LocalApp } from './local.js';

/** What the history says. */
export const MAINTENANCE = { on: 'Maintenance on', off: 'Maintenance off' } as const;

/** The page when nobody says another. */
const PAGE = 'This application is undergoing maintenance right now. Please check back later.';

/** What `empire maintenance on [text]` wants: that the app stops answering is what is asked for, so it needs no `--allow downtime`. */
export function maintenanceOn(text: string | undefined, local: LocalApp, flags: ReleaseFlags): Change {
  const file = layerName('maintenance', local.environment);
  const written = pageOf(directoryOf(local.folder, local.name), file);
  const page = text ?? written ?? PAGE;
  return {
    kind: 'maintenance',
    describe: () => MAINTENANCE.on,
    edit: () => [{ name: file, text: page === written ? written : page.endsWith('\n') ? page : `${page}\n` }],
    pins: 'keep',
    asks: 'destructive',
    notes: () => [],
    parameters: () => ({}),
    done: (_record, { name }: App) => `Enabled maintenance mode on ${name}.`,
    flags: { ...flags, allow: [...new Set([...flags.allow, 'downtime' as const])] },
  };
}

/**
 * What `empire maintenance off` wants.
 *
 * @throws Failure `maintenance-of-all` when the file that holds for every environment is what this one is in maintenance by
 */
export function maintenanceOff(local: LocalApp, flags: ReleaseFlags): Change {
  const file = layerName('maintenance', local.environment);
  const app = directoryOf(local.folder, local.name);
  if (file !== 'maintenance' && has(app, 'maintenance')) throw ofAll(local);
  return {
    kind: 'maintenance',
    describe: () => MAINTENANCE.off,
    edit: () => [{ name: file, text: undefined }],
    pins: 'keep',
    asks: 'destructive',
    notes: () => [],
    parameters: () => ({}),
    done: (_record, { name }: App) => `Disabled maintenance mode on ${name}.`,
    flags,
  };
}

const has = (app: AppDirectory, file: string): boolean => app.entries.some(({ name }) => name === file);

/** The page as the file has it. */
function pageOf(app: AppDirectory, file: string): string | undefined {
  const entry = app.entries.find(({ name }) => name === file);
  return entry?.content.kind === 'bytes' ? new TextDecoder().decode(entry.content.bytes) : undefined;
}

/** The environments that a base file `maintenance` also stops at their next deploy: all that have no overlay of their own. */
export function alsoStopped({ folder, name, environment }: LocalApp, environments: readonly string[]): readonly string[] {
  if (environment !== 'default') return [];
  const app = directoryOf(folder, name);
  return environments.filter((other) => other !== 'default' && !has(app, layerName('maintenance', other)));
}

const ofAll = ({ name, environment, repository }: LocalApp): Failure =>
  new Failure(
    `${repository.appsPath}/${name}/maintenance`,
    `it puts every environment in maintenance, ${environment} too`,
    `remove it with \`empire maintenance off -a ${name}\`, then deploy ${environment}`,
    'maintenance-of-all',
  );
