import type { Ulimit } from '../../model/app.js';
import type { Problems } from '../../problems.js';
import { didYouMean } from '../nearest.js';
import type { YamlNode } from '../yaml/node.js';
import { fields, listOf } from './form-readers.js';
import { absolutePath } from './key-volumes.js';
import { memory, wholeNumber } from './quantity-readers.js';
import { asMap, asScalar, type Reader } from './reader.js';
import type { KeyValues, Written, WrittenLinux } from './written-process.js';

const CAPABILITIES = [
  ...['ALL', 'AUDIT_CONTROL', 'AUDIT_WRITE', 'BLOCK_SUSPEND', 'CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID'],
  ...['IPC_LOCK', 'IPC_OWNER', 'KILL', 'LEASE', 'LINUX_IMMUTABLE', 'MAC_ADMIN', 'MAC_OVERRIDE', 'MKNOD', 'NET_ADMIN'],
  ...['NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_RAW', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_ADMIN', 'SYS_BOOT'],
  ...['SYS_CHROOT', 'SYS_MODULE', 'SYS_NICE', 'SYS_PACCT', 'SYS_PTRACE', 'SYS_RAWIO', 'SYS_RESOURCE', 'SYS_TIME'],
  ...['SYS_TTY_CONFIG', 'SYSLOG', 'WAKE_ALARM'],
];

const capability: Reader<string> = {
  read(node, what, problems) {
    const scalar = asScalar(node, what, 'a Linux capability', problems);
    if (scalar === undefined) return undefined;
    const name = scalar.text.toUpperCase().replace(/^CAP_/, '');
    if (CAPABILITIES.includes(name)) return name;
    problems.error('linux-capability', scalar.place, `\`${scalar.text}\` is not a capability that ECS knows`, {
      given: scalar.text,
      allowed: 'a Linux capability such as SYS_PTRACE',
      hint: didYouMean(name, CAPABILITIES, 'see capabilities(7)'),
    });
    return undefined;
  },
  schema: { type: 'string' },
};

type Tmpfs = { readonly path: string; readonly sizeMiB: number };
const TMPFS = 'a path with its size, such as `/tmp:size=64mb`';
const size = memory(1, 1_048_576);

const mount = fields<{ path: string; size: number }>({ path: absolutePath, size }, ['path', 'size']);

/** Compose's words `/run:size=64m`, or `{path, size}`; one or a list. ECS needs the size. */
function readTmpfs(node: YamlNode, what: string, problems: Problems): Tmpfs[] {
  if (node.kind === 'map') {
    const found = mount.read(node, what, problems);
    return found?.path === undefined || found.size === undefined ? [] : [{ path: found.path.value, sizeMiB: found.size.value }];
  }
  const scalar = asScalar(node, what, TMPFS, problems);
  if (scalar === undefined) return [];
  const match = /^([^:]+):size=([^,:]+)$/.exec(scalar.text);
  if (match === null) {
    problems.error('linux-tmpfs', scalar.place, `\`${scalar.text}\` does not say where and how large`, {
      given: scalar.text,
      allowed: TMPFS,
      hint: 'add `:size=64mb`',
    });
    return [];
  }
  const path = absolutePath.read({ ...scalar, text: match[1] as string }, what, problems);
  const sizeMiB = size.read({ ...scalar, text: match[2] as string }, what, problems);
  return path === undefined || sizeMiB === undefined ? [] : [{ path, sizeMiB }];
}

const tmpfs: Reader<readonly Tmpfs[]> = {
  read(node, what, problems) {
    if (node.kind !== 'list') return readTmpfs(node, what, problems);
    return node.items.flatMap((item) => readTmpfs(item, what, problems));
  },
  schema: { anyOf: [{ type: 'string' }, mount.schema, { type: 'array', items: { anyOf: [{ type: 'string' }, mount.schema] } }] },
};

/** `linux`: capabilities, shared memory and tmpfs, in compose's words. */
export const linux: Reader<WrittenLinux> = fields<{ [K in keyof WrittenLinux]-?: NonNullable<WrittenLinux[K]>['value'] }>({
  cap_add: listOf(capability, 'a list of capabilities'),
  cap_drop: listOf(capability, 'a list of capabilities'),
  shm_size: memory(1, 1_048_576),
  tmpfs,
});

const LIMITS = [
  ...['core', 'cpu', 'data', 'fsize', 'locks', 'memlock', 'msgqueue', 'nice', 'nofile', 'nproc', 'rss', 'rtprio', 'rttime'],
  ...['sigpending', 'stack'],
];
const limit = wholeNumber(0, 2_147_483_647);
const softAndHard = fields<{ soft: number; hard: number }>({ soft: limit, hard: limit }, ['soft', 'hard']);

/** `ulimits`: name → n, or `{soft, hard}`. */
export const ulimits: Reader<KeyValues['ulimits']> = {
  read(node, what, problems) {
    const map = asMap(node, what, 'a map of limits', problems);
    const found = map?.entries.flatMap(({ key, value }): Written<Ulimit>[] => {
      if (!LIMITS.includes(key.text)) {
        problems.error('ulimit-name', key.place, `\`${key.text}\` is not a ulimit`, {
          given: key.text,
          allowed: LIMITS.join(', '),
          hint: didYouMean(key.text, LIMITS, 'remove it'),
        });
        return [];
      }
      const read = readLimit(key.text, value, `${what}.${key.text}`, problems);
      return read === undefined ? [] : [{ value: read, place: key.place }];
    });
    return found?.sort((a, b) => (a.value.name < b.value.name ? -1 : 1));
  },
  schema: {
    type: 'object',
    propertyNames: { enum: LIMITS },
    additionalProperties: { anyOf: [limit.schema, softAndHard.schema] },
  },
};

function readLimit(name: string, node: YamlNode, what: string, problems: Problems): Ulimit | undefined {
  if (node.kind !== 'map') {
    const both = limit.read(node, what, problems);
    return both === undefined ? undefined : { name, soft: both, hard: both };
  }
  const found = softAndHard.read(node, what, problems);
  if (found?.soft === undefined || found.hard === undefined) return undefined;
  if (found.soft.value <= found.hard.value) return { name, soft: found.soft.value, hard: found.hard.value };
  problems.error('ulimit-soft', found.soft.place, `\`${what}\` has a soft limit above its hard limit`, {
    given: `soft ${found.soft.value}, hard ${found.hard.value}`,
    allowed: 'soft at most hard',
    hint: 'swap the two',
  });
  return undefined;
}
