import { Failure } from '../../failure.js';
import type { AppDirectory } from '../../model/folder.js';
import { editEnv } from '../../parse/env.js';
import { didYouMean } from '../../parse/nearest.js';
import { editSecrets } from '../../parse/secrets.js';
import type { Change } from './change.js';
import { layersOf } from './config-files.js';
import type { FileEdit } from './edits.js';
import type { ReleaseFlags } from './flags.js';
import { directoryOf, type LocalApp } from './local.js';

/** What `empire unset A B` wants. */
export function unsetChange(names: readonly string[], local: LocalApp, flags: ReleaseFlags): Change {
  refuseUnknown(names, local);
  const said = [...new Set(names)].join(', ');
  return {
    kind: 'config',
    describe: () => `Unset ${said}`,
    edit: (_folder, app) => (['env', 'secrets'] as const).flatMap((file) => unsetIn(file, names, app, local.environment)),
    pins: 'keep',
    asks: 'destructive',
    notes: () => [],
    parameters: () => ({}),
    done: () => `Unset ${said} on ${local.name}.`,
    flags,
  };
}

/** In an overlay, a name of the base needs a line that says so; a name of the overlay alone only loses its line. */
function unsetIn(file: 'env' | 'secrets', names: readonly string[], app: AppDirectory, environment: string): FileEdit[] {
  const { base, own } = layersOf(app, file, environment);
  const inBase = names.filter((name) => own.name !== base.name && base.written.has(name));
  const inOwn = names.filter((name) => own.written.has(name) && !inBase.includes(name));
  if (inBase.length + inOwn.length === 0) return [];
  const edit = (text: string, unset: readonly string[], overlay: boolean): string =>
    file === 'env'
      ? editEnv(text, { set: new Map(), unset: new Set(unset) }, overlay)
      : editSecrets(text, { set: new Map(), unset: new Set(unset) }, overlay);
  return [{ name: own.name, text: edit(edit(own.text, inOwn, false), inBase, true) }];
}

function refuseUnknown(names: readonly string[], local: LocalApp): void {
  const app = directoryOf(local.folder, local.name);
  const layers = (['env', 'secrets'] as const).map((file) => layersOf(app, file, local.environment));
  const known = new Set(layers.flatMap(({ base, own }) => [...base.written.keys(), ...own.written.keys()]));
  for (const name of names) {
    if (known.has(name)) continue;
    const hint = didYouMean(name, [...known], `see \`empire env -a ${local.name}\``);
    throw new Failure(name, `${local.name} has no variable and no secret \`${name}\``, hint, 'variable-unknown');
  }
}
