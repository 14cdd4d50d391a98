import { Flags } from '@oclif/core';

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
