import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import type { AppFiles, Layers } from './app-files.js';
import { didYouMean } from './nearest.js';
import { entriesOf, namesOf, unsetsIn, unsetsOf, type WithEntries } from './overlays.js';

/** What can be wrong between the files of an app, in every layer, whichever environment is selected. */
export function checkLayers(files: AppFiles, environments: readonly string[], problems: Problems): void {
  for (const layer of environments) {
    checkKinds(files, layer, problems);
    if (layer === 'default') continue;
    checkSetAndUnset(files, layer, problems);
    checkUnsets(files, layer, problems);
  }
}

/** A base that was refused may have lost the very name that an overlay unsets, so nothing is said then. */
function checkUnsets(files: AppFiles, layer: string, problems: Problems): void {
  const sound = (layers: Layers<unknown>): boolean => !layers.get('default')?.refused;
  if (sound(files.env) && sound(files.secrets)) {
    refuseUnsets(unsetsOf(files, layer), [...namesOf(files, 'default').keys()], '`env` or `secrets`', problems);
  }
  if (!sound(files.scale)) return;
  const listed = entriesOf(files.scale, 'default').map((entry) => entry.process);
  refuseUnsets(unsetsIn(files.scale, layer), listed, '`scale`', problems);
}

function checkKinds(files: AppFiles, layer: string, problems: Problems): void {
  const variables = new Map(entriesOf(files.env, layer).map((entry) => [entry.name, entry]));
  for (const { name, place } of entriesOf(files.secrets, layer)) {
    const variable = variables.get(name);
    if (variable === undefined) continue;
    problems.error('env-and-secrets', place, `\`${name}\` is also at ${shown(variable.place)}`, {
      given: name,
      allowed: 'each name in one of the two files',
      hint: `remove it from one of them: from \`${variable.place.file}\` if its value is to stay secret`,
    });
  }
}

function refuseUnsets(unsets: WithEntries<never>['unsets'], names: readonly string[], where: string, problems: Problems): void {
  for (const { name, place } of unsets) {
    if (names.includes(name)) continue;
    problems.error('unset-unknown', place, `\`${name}\` is not in ${where}, so there is nothing to unset`, {
      given: name,
      hint: didYouMean(name, names, 'remove this line'),
    });
  }
}

/** Within one file its reader refuses this; here one of `env` and `secrets` unsets what the other sets. */
function checkSetAndUnset(files: AppFiles, layer: string, problems: Problems): void {
  const crossed = [
    { unsets: unsetsIn(files.env, layer), set: entriesOf(files.secrets, layer) },
    { unsets: unsetsIn(files.secrets, layer), set: entriesOf(files.env, layer) },
  ];
  for (const { unsets, set } of crossed) {
    for (const { name, place } of unsets) {
      const other = set.find((entry) => entry.name === name);
      if (other === undefined) continue;
      problems.error('unset-and-set', place, `\`${name}\` is unset here and set at ${shown(other.place)}`, {
        given: name,
        hint: `remove this line: what \`${other.place.file}\` sets wins over the base anyway`,
      });
    }
  }
}

const shown = (place: Place): string => (place.kind === 'point' ? `${place.file}:${place.line}` : place.file);
