import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import { findRepository, type Repository } from '../../windows/working-directory.js';
import type { SharedFlags } from './flags.js';

const given = (value: string | undefined): Given<string> => (value ? { kind: 'given', value } : { kind: 'none' });

/** The environment asked for: the flag, EMPIRE_ENVIRONMENT, or `default`. */
export function chooseEnvironment(flags: SharedFlags): string {
  return flags.environment || process.env['EMPIRE_ENVIRONMENT'] || 'default';
}

/** The repository around the working directory, or the one `--apps` names. */
export function chooseRepository(flags: SharedFlags): Repository {
  const repository = findRepository(process.cwd(), given(flags.apps));
  if (repository.kind === 'given') return repository.value;
  if (flags.apps)
    throw new Failure(
      '--apps',
      `there is no directory \`${flags.apps}\``,
      'name the folder that holds the apps',
      'apps-folder-missing',
    );
  throw new Failure(
    'apps',
    'there is no `apps` folder here or above',
    'make the first app with `empire init`',
    'apps-folder-missing',
  );
}

/**
 * The apps asked for: the arguments, `-a`, EMPIRE_APP, or the app directory one stands in; none means all of them.
 * `-a` beside a different argument is wrong usage.
 */
export function chooseApps(named: readonly string[], flags: SharedFlags, repository: Repository): Given<readonly string[]> {
  const clash = flags.app === undefined ? undefined : named.find((name) => name !== flags.app);
  if (clash !== undefined) {
    throw new Failure('-a', `two apps are named: \`${clash}\` and \`${flags.app}\``, 'name the app once', 'usage-app-twice');
  }
  if (named.length > 0) return { kind: 'given', value: [...new Set(named)] };
  const one = flags.app || process.env['EMPIRE_APP'];
  if (one) return { kind: 'given', value: [one] };
  return repository.standingIn.kind === 'given' ? { kind: 'given', value: [repository.standingIn.value] } : { kind: 'none' };
}

/** Commands whose first argument may be the app; the others have only `-a`. */
const TAKES_APP: ReadonlySet<string> = new Set(
  'init show synth lint diff check deploy promote destroy info ps logs open events follow abort why graph cost'.split(' '),
);

/** Exactly one app, for commands that cannot do with several. */
export function chooseApp(named: string | undefined, flags: SharedFlags, repository: Repository, command: string): string {
  const apps = chooseApps(named === undefined ? [] : [named], flags, repository);
  const app = apps.kind === 'given' ? apps.value[0] : undefined;
  if (app !== undefined) return app;
  throw new Failure(
    command,
    'which app?',
    `name it: \`empire ${command} ${TAKES_APP.has(command) ? '<app>' : '-a <app>'}\`, or stand in its directory`,
    'usage-app-missing',
  );
}
