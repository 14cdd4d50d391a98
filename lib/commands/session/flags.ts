import { Flags } from '@oclif/core';
import { Failure } from '../../failure.js';

/** The flags that mean the same in every command. */
export const sharedFlags = {
  app: Flags.string({
    char: 'a',
    summary: 'the app; else EMPIRE_APP, or the app directory you stand in',
    helpValue: '<app>',
    helpGroup: 'GLOBAL',
  }),
  environment: Flags.string({
    char: 'e',
    summary: 'the environment; else EMPIRE_ENVIRONMENT, or `default`',
    helpValue: '<name>',
    helpGroup: 'GLOBAL',
  }),
  apps: Flags.string({ summary: 'the folder that holds the apps', helpValue: '<dir>', helpGroup: 'GLOBAL' }),
  json: Flags.boolean({ summary: 'print JSON', helpGroup: 'GLOBAL' }),
};

/** What `sharedFlags` parse to. */
export interface SharedFlags {
  readonly app?: string | undefined;
  readonly environment?: string | undefined;
  readonly apps?: string | undefined;
  readonly json: boolean;
}

/** The flags of every command that talks to AWS, or to a rehearsal of it. */
export const outsideFlags = {
  ...sharedFlags,
  region: Flags.string({
    summary: "the region; else the platform's, AWS_REGION, or the profile's",
    helpValue: '<region>',
    helpGroup: 'GLOBAL',
  }),
  profile: Flags.string({ summary: 'the AWS profile; else AWS_PROFILE', helpValue: '<name>', helpGroup: 'GLOBAL' }),
  rehearse: Flags.boolean({ summary: 'rehearse: nothing is real (or EMPIRE_REHEARSE=1)', helpGroup: 'GLOBAL' }),
};

/** What `outsideFlags` parse to. */
export interface OutsideFlags extends SharedFlags {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly rehearse: boolean;
}

const ALLOWED = ['data-loss', 'broader', 'downtime'] as const;

/** The flags of every command that makes a release. */
export const releaseFlags = {
  message: Flags.string({ char: 'm', summary: 'why, for the history', helpValue: '<text>', helpGroup: 'RELEASE' }),
  yes: Flags.boolean({ char: 'y', summary: 'do not ask', helpGroup: 'RELEASE' }),
  allow: Flags.option({
    options: ALLOWED,
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    default: [],
    defaultHelp: async () => undefined,
    summary: 'go on although the plan says this: data-loss, broader (permissions or network), downtime',
    helpValue: '<what>',
    helpGroup: 'RELEASE',
  })(),
  force: Flags.boolean({ summary: 'also bring back what a rollback took out', helpGroup: 'RELEASE' }),
  'no-wait': Flags.boolean({ summary: 'return as soon as the update has started', helpGroup: 'RELEASE' }),
  'no-queue': Flags.boolean({
    summary: 'fail at once when another release runs',
    exclusive: ['supersede'],
    helpGroup: 'RELEASE',
  }),
  supersede: Flags.boolean({ summary: 'cancel the release that runs', helpGroup: 'RELEASE' }),
  timeout: Flags.string({
    summary: 'undo what is not healthy by then: 90s, 20m (the default), 1h',
    helpValue: '<time>',
    helpGroup: 'RELEASE',
  }),
  events: Flags.boolean({ summary: 'print each step as a line of JSON', helpGroup: 'RELEASE' }),
};

/** What `releaseFlags` parse to. */
export interface ReleaseFlags extends OutsideFlags {
  readonly message?: string | undefined;
  readonly yes: boolean;
  readonly allow: readonly (typeof ALLOWED)[number][];
  readonly force: boolean;
  readonly 'no-wait': boolean;
  readonly 'no-queue': boolean;
  readonly supersede: boolean;
  readonly timeout?: string | undefined;
  readonly events: boolean;
}

/** For commands that edit the app directory and then release it. */
export const editFlags = {
  ...releaseFlags,
  'no-deploy': Flags.boolean({ summary: 'edit the app directory only', helpGroup: 'RELEASE' }),
};

const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** `20m` → 1200. */
export function parseTimeout(text: string | undefined): number {
  if (text === undefined) return 20 * SECONDS.m;
  const [, number, unit] = /^([1-9][0-9]{0,4})([smh])$/.exec(text) ?? [];
  if (number !== undefined) return Number(number) * SECONDS[unit as keyof typeof SECONDS];
  throw new Failure('--timeout', `\`${text}\` is not a time`, 'write for example 90s, 20m or 1h', 'usage-timeout');
}
