import { createHash } from 'node:crypto';
import { Failure } from '../failure.js';
import type { ParametersWindow } from '../model/windows.js';
import type { Gate } from './gate.js';
import { groundOfParameter, isOfStack, madeParameter } from './grounds.js';
import { parameterName } from './parameter-name.js';
import { isRemoved } from './removed.js';
import type { RehearsalState } from './state.js';

/** What a SecureString looks like without decryption. */
const ENCRYPTED = 'AQICAHhrehearsal';

/** SSM parameters. Those of the platform are there for every environment; those of apps, unless their name ends in `-missing`. */
export function rehearsedParameters(gate: Gate): ParametersWindow {
  return {
    existing: (names) =>
      gate.call('parameters.existing', ({ state, account, region }) => {
        return new Set(names.filter((name) => parameterValue(state, { account, region }, name) !== undefined));
      }),
    values: (names) =>
      gate.call('parameters.values', ({ state, account, region }) => {
        const values = names.map((name) => [name, parameterValue(state, { account, region }, name)] as const);
        return Object.fromEntries(values.filter((pair): pair is [string, string] => pair[1] !== undefined));
      }),
    putSecret: (written, value) =>
      gate.call('parameters.putSecret', ({ state }) => {
        refuseLength(written, value);
        const name = parameterName(written);
        const version = (state.parameters[name]?.version ?? 0) + 1;
        state.parameters[name] = { version };
        state.script.removed = state.script.removed.filter((removed) => removed !== `parameter ${name}`);
        return version;
      }),
    remove: (written) =>
      gate.call('parameters.remove', ({ state }) => {
        const name = parameterName(written);
        delete state.parameters[name];
        if (!isRemoved(state, 'parameter', name)) state.script.removed.push(`parameter ${name}`);
      }),
  };
}

/** Parameters of the standard tier hold 4 KB. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const MOST = 4096;

function refuseLength(name: string, value: string): void {
  if (value.length > 0 && Buffer.byteLength(value) <= MOST) return;
  const what =
    value === ''
      ? "AWS refused: Value at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1"
      : `AWS refused: Standard tier parameters support a maximum parameter value of ${MOST} characters`;
  throw new Failure(`parameter ${name}`, what, 'correct what AWS names, then run the command once more', 'outside-refused');
}

/** The value of a parameter; undefined when there is none. */
export function parameterValue(
  state: RehearsalState,
  place: { readonly account: string; readonly region: string },
  written: string,
): string | undefined {
  const name = parameterName(written);
  if (isRemoved(state, 'parameter', name)) return undefined;
  if (state.parameters[name] !== undefined) return ENCRYPTED;
  if (name.endsWith('-missing')) return undefined;
  const made = madeParameter(state, name);
  if (made !== undefined || isOfStack(state, groundOfParameter(name))) return made;
  // AWS's own: the newest image of the system for hosts.
  if (name.startsWith('aws/service/ecs/')) return `ami-0${hash(name).slice(0, 16)}`;
  const [, prefix = '', environment = '', last = ''] = /^([^/]+)\/([^/]+)\/([^/]+)$/.exec(name) ?? [];
  return published(`${prefix}-${environment}`, place, last) ?? ENCRYPTED;
}

/** What the platform stack publishes; every name that an app's template can ask for. */
function published(
  ground: string,
  place: { readonly account: string; readonly region: string },
  written: string,
): string | undefined {
  const name = parameterName(written);
  const id = (kind: string, what: string): string => `${kind}-${hash(`${ground} ${what}`).slice(0, 17)}`;
  const elb = `arn:aws:elasticloadbalancing:${place.region}:${place.account}`;
  const listener = /^listener-((internal|public)-[0-9]+)$/.exec(name)?.[1];
  if (listener !== undefined)
    return `${elb}:listener/app/${ground}-${listener}/${hash(listener).slice(0, 16)}/${hash(name).slice(0, 16)}`;
  const balancer = /^(internal|public)-balancer-(dns-name|zone-id|security-group|full-name)$/.exec(name);
  if (balancer !== null) return balancerValue(ground, place.region, balancer[1] ?? '', balancer[2] ?? '');
  const values: Readonly<Record<string, string>> = {
    'vpc-id': id('vpc', name),
    'vpc-cidr': '10.0.0.0/16',
    'public-subnets': `${id('subnet', 'public a')},${id('subnet', 'public b')}`,
    'private-subnets': `${id('subnet', 'private a')},${id('subnet', 'private b')}`,
    'app-tasks-group': id('sg', name),
    'cluster-name': ground,
    'zone-id': `Z${hash(`${ground} ${name}`).slice(0, 20).toUpperCase()}`,
    'capacity-provider': `${ground}-instances`,
  };
  return values[name];
}

function balancerValue(ground: string, region: string, scheme: string, what: string): string {
  const number = hash(`${ground} ${scheme}`).slice(0, 16);
  switch (what) {
    case 'dns-name':
      return `${scheme === 'internal' ? 'internal-' : ''}${ground}-${number.slice(0, 9)}.${region}.elb.amazonaws.com`;
    case 'zone-id':
      return 'Z35SXDOTRQ7X7K';
    case 'security-group':
      return `sg-${hash(`${ground} ${scheme} group`).slice(0, 17)}`;
    default:
      return `app/${ground}-${scheme}/${number}`;
  }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
