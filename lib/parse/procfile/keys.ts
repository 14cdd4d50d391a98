import type { JsonObject } from '../../model/json.js';
import { autoscale } from './key-autoscale.js';
import { command } from './key-command.js';
import { cron, timezone } from './key-cron.js';
import { deploy } from './key-deploy.js';
import { ecs } from './key-ecs.js';
import { environment } from './key-environment.js';
import { health } from './key-health.js';
import { linux, ulimits } from './key-linux.js';
import { ports } from './key-ports.js';
import { sidecars } from './key-sidecars.js';
import { sticky, stop } from './key-stop.js';
import { volumes } from './key-volumes.js';
import { duration } from './quantity-readers.js';
import type { Reader } from './reader.js';
import { boolean, choice, textLike } from './scalar-readers.js';
import type { KeyName, KeyValues } from './written-process.js';

/** One key of a process: how it is read, what editors are told, what it means, and what holds without it. */
export interface ProcessKey<K extends KeyName = KeyName> {
  readonly name: K;
  readonly reader: Reader<KeyValues[K]>;
  readonly doc: string;
  readonly default: string;
}

const key = <K extends KeyName>(name: K, reader: Reader<KeyValues[K]>, fallback: string, doc: string): ProcessKey<K> => ({
  name,
  reader,
  doc,
  default: fallback,
});

const user = textLike(
  /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?$/,
  '`user`, `uid`, `user:group`',
  'write a name or an id',
);

/** Every process key, in the order of the reference page. A new key is a row here. */
export const PROCESS_KEYS: { readonly [K in KeyName]: ProcessKey<K> } = {
  command: key(
    'command',
    command,
    "the image's own",
    'what runs: a string is split into words without a shell, a list is used as it is',
  ),
  ports: key(
    'ports',
    ports,
    '`web`: `["80:8080"]`; others: none',
    'load balancer : container; http by an Application, tcp by a Network Load Balancer',
  ),
  health: key(
    'health',
    health,
    '`/`, codes 200-499',
    'the path that says a task is alive, or a map with timing and a container `command`',
  ),
  cron: key('cron', cron, 'none', 'makes a scheduled process: five fields, AWS six fields, `rate(…)` or `@daily` words, quoted'),
  timezone: key('timezone', timezone, '`UTC`', 'IANA name of the zone in which `cron` is meant'),
  noservice: key('noservice', boolean, '`false`', 'run-only: nothing runs until `empire run <name>`'),
  environment: key('environment', environment, 'none', 'variables of this process; win over `env`'),
  autoscale: key('autoscale', autoscale, '`{cpu: 70}` with a range', 'what moves the count inside the range of `scale`'),
  deploy: key('deploy', deploy, '`rolling`', 'how a release replaces tasks: rolling, recreate, blue-green, canary, linear'),
  stop: key('stop', stop, '`{timeout: 30}`', 'how long a task may take to end after its stop signal'),
  drain: key('drain', duration(0, 3600), '`30`', 'how long connections of an old task may go on'),
  idle_timeout: key('idle_timeout', duration(1, 4000), '`60`', "idle timeout of the app's http load balancer"),
  sticky: key('sticky', sticky, '`false`', 'a load-balancer cookie that keeps a client on one task'),
  sidecars: key('sidecars', sidecars, 'none', 'containers beside the process'),
  volumes: key('volumes', volumes, 'none', 'EFS file systems and ephemeral storage'),
  arch: key('arch', choice(['x86_64', 'arm64'] as const), "the platform's", 'processor of the tasks'),
  capacity: key('capacity', choice(['fargate', 'spot', 'ec2'] as const), "the platform's", 'what the tasks run on'),
  user: key('user', user, "the image's own", 'user of the container'),
  read_only: key('read_only', boolean, '`false`', 'read-only root file system; switches `exec` off'),
  init: key('init', boolean, '`true`', 'an init process that forwards signals and reaps children'),
  ulimits: key('ulimits', ulimits, 'none', 'limits of the container: `nofile: 65536` or `{soft, hard}`'),
  linux: key('linux', linux, 'none', 'capabilities, shared memory and tmpfs'),
  exec: key('exec', boolean, '`true`', 'whether `empire exec` is allowed'),
  ecs: key('ecs', ecs, 'none', 'placement on EC2, and raw CloudFormation properties merged last'),
};

export const KEY_NAMES = Object.keys(PROCESS_KEYS) as readonly KeyName[];

export const keySchema = (name: KeyName): JsonObject => PROCESS_KEYS[name].reader.schema;
