import { Failure } from '../../failure.js';
import { type DomainEntry, parseDomains } from '../../parse/domains.js';
import { type DomainEdits, editDomains } from '../../parse/domains-edit.js';
import { didYouMean } from '../../parse/nearest.js';
import { SourceText } from '../../parse/source-text.js';
import { Problems } from '../../problems.js';
import type { Change } from './change.js';
import { layerName } from './config-files.js';
import { textOf } from './edits.js';
import type { ReleaseFlags } from './flags.js';
import { directoryOf, type LocalApp } from './local.js';

/** What `empire domains add` and `empire domains remove` want. */
export function domainsChange(
  edits: DomainEdits,
  words: { describe: string; done: string },
  local: LocalApp,
  flags: ReleaseFlags,
): Change {
  const { name, text } = domainsFile(local);
  return {
    kind: 'domains',
    describe: () => words.describe,
    edit: () => [{ name, text: editDomains(text, edits) }],
    pins: 'keep',
    asks: 'destructive',
    notes: () => [],
    parameters: () => ({}),
    done: () => words.done,
    flags,
  };
}

/** The file of the environment; a new overlay starts from what the base says, since it replaces it as a whole. */
function domainsFile({ folder, name: app, environment }: LocalApp): { readonly name: string; readonly text: string } {
  const directory = directoryOf(folder, app);
  const name = layerName('domains', environment);
  const exists = directory.entries.some((entry) => entry.name === name);
  return { name, text: textOf(directory, exists ? name : 'domains') };
}

/** Names that the file does not have cannot be removed. */
export function refuseUnknownNames(names: readonly string[], local: LocalApp): void {
  const { name: file, text } = domainsFile(local);
  const source = new SourceText(file, text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
  const known = parseDomains(source, new Problems()).map((entry: DomainEntry) => entry.name);
  for (const name of names) {
    if (known.includes(name.toLowerCase().replace(/\.$/, ''))) continue;
    const otherwise =
      known.length === 0 ? `add one with \`empire domains add <name> -a ${local.name}\`` : `its names are: ${known.join(', ')}`;
    throw new Failure(name, `${local.name} has no public name \`${name}\``, didYouMean(name, known, otherwise), 'domain-unknown');
  }
}
