import type { Plan } from '../../model/plan.js';
import type { ReleasePlace } from '../../model/release.js';
import type { OutsideFlags } from './flags.js';
import { sentence } from './sentence.js';
import { isRehearsed } from './windows.js';

/** A secret whose value was written: that is no part of any release, so no rollback takes it back. */
export interface WrittenSecret {
  readonly name: string;
  /** Of the parameter store. */
  readonly parameter: string;
  /** The one that was written; 1: there was none before. */
  readonly version: number;
}

/** What the record keeps of it. A new parameter with a new reference needs no word: without the reference nothing reads it. */
export function formatWritten({ name, parameter, version }: WrittenSecret, { processes }: Plan): readonly string[] {
  const only = processes.every(({ changes }) => changes.every(({ kind }) => kind === 'restart'));
  if (version === 1 && !only) return [];
  const kept = version === 1 ? '' : `; a rollback does not bring version ${version - 1} back`;
  return [`${only ? 'only ' : ''}the value of ${name} changed: ${parameter} has version ${version}${kept}`];
}

const NOTE = /^(only )?the value of (\S+) changed: (\S+) has version (\d+)/;

/** The value that a release came with. `only`: nothing else did. */
export function writtenIn(notes: readonly string[]): { readonly secret: WrittenSecret; readonly only: boolean } | undefined {
  const [found] = notes.flatMap((note) => [NOTE.exec(note) ?? []].filter(({ length }) => length > 0));
  const [, only, name = '', parameter = '', version] = found ?? [];
  return found === undefined ? undefined : { secret: { name, parameter, version: Number(version) }, only: only !== undefined };
}

/**
 * What brings the value back that the parameter had before. The parameter store keeps the last hundred versions.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html
 */
export function wayBack(
  { name, parameter, version }: WrittenSecret,
  { app, environment, region }: Pick<ReleasePlace, 'app' | 'environment' | 'region'>,
  flags: OutsideFlags,
): string {
  const set = sentence(`set --secret ${name}`, { name: app, environment }, flags);
  if (version === 1) return `${name} had no value before: there is nothing to bring back`;
  if (isRehearsed(flags)) return `${set} with the value from before (a rehearsal keeps no values)`;
  const who = flags.profile === undefined ? '' : ` --profile ${flags.profile}`;
  const asked = `--name ${parameter}:${version - 1} --with-decryption --query Parameter.Value --output text`;
  return `aws ssm get-parameter ${asked} --region ${region}${who} | ${set}`;
}
