import type { Volume } from '../../model/app.js';
import type { Given } from '../../model/given.js';
import type { Problems } from '../../problems.js';
import { fields, listOf } from './form-readers.js';
import { memory } from './quantity-readers.js';
import { asScalar, type Reader } from './reader.js';
import { textLike } from './scalar-readers.js';
import type { KeyValues, Written } from './written-process.js';

const NONE = { kind: 'none' } as const;

export const absolutePath = textLike(
  /^\/[^:\s]{1,255}$/,
  'an absolute path inside the container',
  'write a path such as `/data`',
);

type Efs = Pick<Extract<Volume, { kind: 'efs' }>, 'fileSystem' | 'directory' | 'accessPoint'>;

const efs: Reader<Efs> = {
  read(node, what, problems) {
    const scalar = asScalar(node, what, 'a file system such as `fs-0123456789abcdef0`', problems);
    if (scalar === undefined) return undefined;
    const match = /^(fs-[0-9a-f]{8,40})(?::(\/[^\s]{0,255})|\/(fsap-[0-9a-f]{8,40}))?$/.exec(scalar.text);
    if (match === null) {
      problems.error('volume-efs', scalar.place, `\`${scalar.text}\` is not an EFS file system`, {
        given: scalar.text,
        allowed: '`fs-…`, `fs-…:/directory`, `fs-…/fsap-…`',
        hint: 'write the id of the file system, with a directory or an access point when needed',
      });
      return undefined;
    }
    return { fileSystem: match[1] as string, directory: givenText(match[2]), accessPoint: givenText(match[3]) };
  },
  schema: { type: 'string', pattern: '^fs-[0-9a-f]+(:/|/fsap-)?' },
};

const givenText = (text: string | undefined): Given<string> => (text === undefined ? NONE : { kind: 'given', value: text });

const amount = memory(21 * 1024, 200 * 1024);

/** `true` is the 20 GiB every task has; a size is for the whole task. */
const ephemeral: Reader<Given<number>> = {
  read(node, what, problems) {
    if (node.kind === 'scalar' && /^(true|yes|on)$/i.test(node.text)) return NONE;
    const mebibytes = amount.read(node, what, problems);
    return mebibytes === undefined ? undefined : { kind: 'given', value: Math.ceil(mebibytes / 1024) };
  },
  schema: { anyOf: [{ const: true }, amount.schema] },
};

const settings = fields<{ path: string; efs: Efs; ephemeral: Given<number> }>({ path: absolutePath, efs, ephemeral }, ['path']);

const volume: Reader<Volume> = {
  read(node, what, problems) {
    const before = problems.all.length;
    const found = settings.read(node, what, problems);
    if (found?.path === undefined || problems.all.length > before) return undefined;
    const path = found.path.value;
    if (found.efs && !found.ephemeral) return { kind: 'efs', path, ...found.efs.value };
    if (found.ephemeral && !found.efs) return { kind: 'ephemeral', path, sizeGiB: found.ephemeral.value };
    problems.error(
      'volume-kind',
      node.place,
      `the volume at \`${path}\` ${found.efs ? 'is both efs and ephemeral' : 'does not say what it is'}`,
      {
        allowed: 'exactly one of `efs` and `ephemeral`',
        hint: 'write `efs: fs-…`, or `ephemeral: true`',
      },
    );
    return undefined;
  },
  schema: settings.schema,
};

const list = listOf(volume, 'a list of `{path, efs}` or `{path, ephemeral}`');

export const volumes: Reader<KeyValues['volumes']> = {
  read(node, what, problems) {
    const found = list.read(node, what, problems);
    if (found !== undefined) refuseTwice(found, problems);
    return found;
  },
  schema: list.schema,
};

function refuseTwice(found: readonly Written<Volume>[], problems: Problems): void {
  const paths = new Set<string>();
  let sized = false;
  for (const { value, place } of found) {
    const again = value.kind === 'ephemeral' && value.sizeGiB.kind === 'given';
    if (paths.has(value.path) || (sized && again)) {
      problems.error(
        'volume-twice',
        place,
        paths.has(value.path) ? `\`${value.path}\` is mounted twice` : 'a task has one ephemeral storage, so one size',
        {
          given: value.path,
          hint: paths.has(value.path) ? 'remove one of the two' : 'write `ephemeral: true` for all but one',
        },
      );
    }
    paths.add(value.path);
    sized ||= again;
  }
}
