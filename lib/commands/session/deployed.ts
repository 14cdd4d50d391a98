import { Failure } from '../../failure.js';
import type { JsonObject } from '../../model/json.js';
import type { StackState } from '../../model/windows.js';
import type { StackServices } from '../../observe/index.js';
import { didYouMean } from '../../parse/nearest.js';
import { readFolder } from '../../windows/disk.js';
import type { AppSession } from './open.js';

/** An app that has a stack, with what the stack has of ECS. */
export interface DeployedApp {
  readonly stack: StackState;
  readonly services: StackServices;
}

/** What runs, or undefined when the app has no stack. */
export async function readDeployed({ windows, place }: Pick<AppSession, 'windows' | 'place'>): Promise<DeployedApp | undefined> {
  const stack = await windows.stacks.describe(place.stack);
  if (stack.kind === 'none') return undefined;
  const { readServices } = await import('../../observe/index.js');
  return { stack: stack.value, services: await readServices(windows, stack.value) };
}

type UndeployedApp = Pick<AppSession, 'name' | 'environment' | 'folder' | 'repository'>;

/** @throws Failure `app-not-deployed`, `app-unknown` */
export async function needDeployed(
  session: UndeployedApp & Pick<AppSession, 'windows' | 'place'>,
): Promise<DeployedApp & { readonly template: JsonObject }> {
  const deployed = await readDeployed(session);
  if (deployed === undefined || Object.keys(deployed.services.taskDefinitions).length === 0) throw notDeployed(session);
  const { readTemplateObject } = await import('../../release/foreign-template.js');
  return { ...deployed, template: readTemplateObject(await session.windows.stacks.template(deployed.stack.id)) ?? {} };
}

/** An app that only its directory knows, or that nobody knows. */
export function notDeployed({ name, environment, folder, repository }: UndeployedApp): Failure {
  const where = environment === 'default' ? '' : ` -e ${environment}`;
  if (folder.apps.some((app) => app.name === name)) {
    const hint = `deploy it: \`empire deploy ${name}${where}\``;
    return new Failure(name, `it is not deployed in ${environment}`, hint, 'app-not-deployed');
  }
  const { root, appsPath } = repository;
  const known = readFolder(root, { appsPath, only: { kind: 'given', value: [] } }).apps.map((app) => app.name);
  const what = `there is no app \`${name}\`, neither deployed nor in ${appsPath}/`;
  return new Failure('app', what, didYouMean(name, known, `see \`empire apps${where}\``), 'app-unknown');
}

/** Refuses a process that the deployed app does not have. */
export function knownProcess(app: string, name: string, known: readonly string[]): string {
  if (known.includes(name)) return name;
  throw new Failure(
    app,
    `it has no process \`${name}\``,
    didYouMean(name, known, `it has ${known.map((one) => `\`${one}\``).join(', ')}`),
    'process-unknown',
  );
}
