import { Failure } from '../../failure.js';
import type { JsonObject } from '../../model/json.js';
import type { StackState } from '../../model/windows.js';
import type { StackServices } from '../../observe/index.js';
import { didYouMean } from '../../parse/nearest.js';
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

/** @throws Failure `app-not-deployed` */
export async function needDeployed(
  session: Pick<AppSession, 'windows' | 'place' | 'name'>,
): Promise<DeployedApp & { readonly template: JsonObject }> {
  const deployed = await readDeployed(session);
  if (deployed === undefined || Object.keys(deployed.services.taskDefinitions).length === 0) throw notDeployed(session);
  const { readTemplateObject } = await import('../../release/foreign-template.js');
  return { ...deployed, template: readTemplateObject(await session.windows.stacks.template(deployed.stack.id)) ?? {} };
}

export const notDeployed = ({ name, place }: Pick<AppSession, 'name' | 'place'>): Failure =>
  new Failure(
    name,
    `it is not deployed in ${place.environment}`,
    `deploy it: \`empire deploy ${name}${place.environment === 'default' ? '' : ` -e ${place.environment}`}\``,
    'app-not-deployed',
  );

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
