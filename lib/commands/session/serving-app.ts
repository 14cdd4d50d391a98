import type { Command } from '@oclif/core';
import { logicalId } from '../../../constructs/resource.js';
import { Failure } from '../../failure.js';
import type { JsonObject } from '../../model/json.js';
import type { StackState } from '../../model/windows.js';
import { didYouMean } from '../../parse/nearest.js';
import { maintenanceRulesOf } from '../../release/scale-group.js';
import type { Situation } from '../../release/situation.js';
import { propertiesOf } from '../../release/template-references.js';
import { readFolder } from '../../windows/disk.js';
import { notDeployed } from './deployed.js';
import type { OutsideFlags } from './flags.js';
import { type AppSession, type OpenOptions, openApp } from './open.js';

/** An app that has a stack with something in it, and its releases. */
export interface ServingApp {
  readonly session: AppSession;
  readonly stack: StackState;
  readonly situation: Situation;
  /** What the stack was made from; empty when it is not ours to read. */
  readonly template: JsonObject;
}

/** For commands that see or touch what runs. The app's directory need not be there any more. */
export async function openServing(
  command: Command,
  named: string | undefined,
  flags: OutsideFlags,
  intent: OpenOptions['intent'],
): Promise<ServingApp> {
  return readServing(await openApp(command, named, flags, { directory: 'optional', intent }));
}

/** @throws Failure `app-not-deployed`, or `app-unknown` when it has no directory either */
export async function readServing(session: AppSession): Promise<ServingApp> {
  const { readSituation } = await import('../../release/situation.js');
  const situation = await readSituation(session.engine);
  const { stack, running } = situation;
  if (stack.kind === 'none' || NEVER_MADE.has(stack.value.status)) throw refusal(session);
  const { readTemplateObject } = await import('../../release/foreign-template.js');
  const template = running.kind === 'given' ? (readTemplateObject(running.value) ?? {}) : {};
  return { session, stack: stack.value, situation, template };
}

/** There is a stack of this name, and nothing in it. */
const NEVER_MADE: ReadonlySet<string> = new Set(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE']);

function refusal(session: AppSession): Failure {
  const { name, environment, repository, folder } = session;
  if (folder.apps.some((app) => app.name === name)) return notDeployed(session);
  const { root, appsPath } = repository;
  const known = readFolder(root, { appsPath, only: { kind: 'given', value: [] } }).apps.map((app) => app.name);
  const hint = didYouMean(name, known, `see \`empire apps${environment === 'default' ? '' : ` -e ${environment}`}\``);
  return new Failure('app', `there is no app \`${name}\`, neither deployed nor in ${appsPath}/`, hint, 'app-unknown');
}

/** Names of the processes of the release that serves. */
export function processesOf({ situation }: ServingApp): readonly string[] {
  const { current } = situation;
  return current.kind === 'given' ? current.value.processes.map(({ name }) => name) : [];
}

/** Scaled to nothing, or in maintenance: the count is 0. An autoscaled service has none. */
export const wantsTasks = (template: JsonObject, process: string): boolean =>
  propertiesOf(template, `${logicalId(process)}Service`)['DesiredCount'] !== 0;

/** Its load balancers show the page; without any, its services are at 0 although they were given a scale. */
export function inMaintenance({ template, situation }: ServingApp): boolean {
  if (maintenanceRulesOf(template).length > 0) return true;
  const { current } = situation;
  const scaled =
    current.kind === 'given' ? current.value.processes.filter(({ kind, count }) => kind === 'service' && count !== '0') : [];
  return scaled.length > 0 && scaled.every(({ name }) => !wantsTasks(template, name));
}
