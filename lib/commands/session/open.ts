import type { Command } from '@oclif/core';
import { stackName } from '../../../constructs/resource.js';
import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { Ground } from '../../model/ground.js';
import type { Platform } from '../../model/platform.js';
import type { ReleasePlace } from '../../model/release.js';
import type { Caller, Windows } from '../../model/windows.js';
import type { Engine } from '../../release/engine.js';
import { renderHeadline } from '../../view/headline.js';
import { type OutsideFlags, parseTimeout } from './flags.js';
import { Interrupt } from './interrupt.js';
import { type DirectoryNeed, type LocalApp, openLocal } from './local.js';
import { openScreen, type Screen } from './screen.js';
import { openWindows } from './windows.js';

/** One app, the account it is in, and all that a command needs to read or change it. */
export interface AppSession extends LocalApp {
  readonly windows: Windows;
  readonly caller: Caller;
  readonly place: ReleasePlace;
  readonly engine: Engine;
  /** Where the progress of the engine is drawn. */
  readonly screen: Screen;
  readonly interrupt: Interrupt;
}

export interface OpenOptions {
  readonly directory: DirectoryNeed;
  /** `writes`: the first line on stderr says where. `reads`: only in a rehearsal, which every screen must say. */
  readonly intent: 'writes' | 'reads';
}

const CHANGES: OpenOptions = { directory: 'needed', intent: 'writes' };

interface Flags extends OutsideFlags {
  readonly events?: boolean;
  readonly timeout?: string | undefined;
}

/** The usual way to an app: chooses it, opens the outside, and says on stderr where that is. */
export async function openApp(
  command: Command,
  named: string | undefined,
  flags: Flags,
  options: OpenOptions = CHANGES,
): Promise<AppSession> {
  parseTimeout(flags.timeout);
  const id = (command.id ?? '').replaceAll(':', ' ');
  const local = openLocal(id, named, flags, options.directory);
  const outside = await openOutside(flags, local.platform, local.repository.root);
  const screen = openScreen({ windows: outside.windows, look: local.look, events: flags.events === true });
  const session = joinApp(local, outside, { screen, interrupt: new Interrupt(), compiler: command.config.version });
  sayWhere(session, options.intent);
  return session;
}

/** The outside and who one is there. */
export interface Outside {
  readonly windows: Windows;
  readonly caller: Caller;
}

/** Opens the outside and asks who one is; refuses another account than the platform's. */
export async function openOutside(
  flags: OutsideFlags,
  platform: Platform,
  root: string,
  ground: Given<Ground> = { kind: 'none' },
): Promise<Outside> {
  const windows = await openWindows(flags, platform, root, ground);
  const caller = await windows.identity.caller();
  if (platform.account.kind === 'given' && platform.account.value !== caller.account) {
    throw new Failure(
      'account',
      `the environment \`${platform.environment}\` is in the account ${platform.account.value}, but these credentials are of ${caller.account}`,
      'choose another profile with --profile, or another environment with -e',
      'account-wrong',
    );
  }
  return { windows, caller };
}

/** A local app and the outside, joined; nothing is asked. */
export function joinApp(
  local: LocalApp,
  { windows, caller }: Outside,
  { screen, interrupt, compiler }: { readonly screen: Screen; readonly interrupt: Interrupt; readonly compiler: string },
): AppSession {
  const place = placeOf(local.platform, local.name, caller);
  const engine: Engine = { windows, place, report: screen.report, compiler, signal: interrupt.signal };
  return { ...local, windows, caller, place, engine, screen, interrupt };
}

/** Where the releases of an app are, and where it runs. */
export function placeOf(platform: Platform, app: string, { account, region, partition }: Caller): ReleasePlace {
  const { prefix, environment } = platform;
  return {
    app,
    environment,
    prefix,
    account,
    region,
    partition,
    stack: stackName(platform, app),
    bucket: platform.bucket.kind === 'given' ? platform.bucket.value : `${prefix}-${environment}-releases-${account}-${region}`,
  };
}

/** The first line: `acme-inc in production (123456789012, us-east-1)`. */
export function sayWhere({ place, windows }: Pick<AppSession, 'place' | 'windows'>, intent: OpenOptions['intent']): void {
  if (intent === 'reads' && windows.kind === 'aws') return;
  process.stderr.write(renderHeadline(place.app, place, windows.kind));
}
