import type { JsonObject } from '../../model/json.js';
import type { RehearsalWorld } from '../gate.js';
import { parameterName } from '../parameter-name.js';
import { parameterValue } from '../parameters.js';
import { behaviourOf } from '../registry.js';
import { secretExists } from '../secrets.js';
import { containersOf } from './definitions.js';
import { listIn, objectIn, textIn } from './properties.js';
import type { SimulatedDefinition } from './state.js';

/**
 * Why a task cannot even start its containers, as its `stoppedReason` says it; undefined when it can. Secrets come first: they are
 * fetched before an image is pulled.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export function startFailure(world: RehearsalWorld, definition: SimulatedDefinition): string | undefined {
  const containers = containersOf(definition);
  const secret = containers.flatMap((container) => listIn(container, 'Secrets')).map((each) => missingSecret(world, each));
  const image = containers.map((container) => pullFailure(world, definition, container));
  return [...secret, ...image].find((reason) => reason !== undefined);
}

function missingSecret(world: RehearsalWorld, secret: JsonObject): string | undefined {
  const from = textIn(secret, 'ValueFrom', '');
  if (from.includes(':secretsmanager:')) {
    if (secretExists(world.state, from)) return undefined;
    return `${SECRETS}: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${from} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`;
  }
  if (parameterValue(world.state, world, from) !== undefined) return undefined;
  return `${SECRETS}: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: /${parameterName(from)}`;
}

const SECRETS = 'ResourceInitializationError: unable to pull secrets or registry auth';

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html */
function pullFailure(world: RehearsalWorld, definition: SimulatedDefinition, container: JsonObject): string | undefined {
  const image = textIn(container, 'Image', '');
  const behaviour = behaviourOf(world.state, image);
  const full = /^[^/]+[.:][^/]*\//.test(image) ? image : `docker.io/${image.includes('/') ? image : `library/${image}`}`;
  if (behaviour === 'missing') {
    return `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${full}: ${full}: not found`;
  }
  if (behaviour === 'private' && objectIn(container, 'RepositoryCredentials')['CredentialsParameter'] === undefined) {
    return `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${full}: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
  }
  if (behaviour === 'arm64' && architecture(definition) !== 'ARM64') {
    return `CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'`;
  }
  return undefined;
}

const architecture = ({ properties }: SimulatedDefinition): string =>
  textIn(objectIn(properties, 'RuntimePlatform'), 'CpuArchitecture', 'X86_64');
