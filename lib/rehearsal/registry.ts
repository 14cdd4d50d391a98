import { createHash } from 'node:crypto';
import type { PinnedImage, TaggedImage } from '../model/app.js';
import type { RegistryWindow, ResolvedImage } from '../model/windows.js';
import type { Gate } from './gate.js';
import { isRemoved } from './removed.js';
import { BEHAVIOURS, type ImageBehaviour, type RehearsalState } from './state.js';

/** Every repository and tag there is; what the image does is said by the end of its tag: `v2-crash`. */
export function rehearsedRegistry(gate: Gate): RegistryWindow {
  return {
    resolve: (image) => gate.call('registry.resolve', ({ state }) => resolve(state, image)),
    keep: (image, tag) =>
      gate.call('registry.keep', ({ state }) => {
        if (image.registry.kind !== 'ecr') return { kind: 'skipped' as const, reason: 'only ECR can tag a digest' };
        const repository = repositoryOf(image);
        const name = `${repository}@${image.digest}`;
        if (behaviourOf(state, name) === 'missing')
          return { kind: 'skipped' as const, reason: `${repository} has no ${image.digest}` };
        const tags = state.registry.kept[name] ?? [];
        state.registry.kept[name] = tags.includes(tag) ? tags : [...tags, tag];
        return { kind: 'kept' as const };
      }),
  };
}

function resolve(state: RehearsalState, image: TaggedImage | PinnedImage): ResolvedImage {
  const repository = repositoryOf(image);
  const login = image.registry.kind === 'ecr' ? 'ecr' : 'anonymous';
  if (image.kind === 'pinned') {
    const found = behaviourOf(state, `${repository}@${image.digest}`);
    if (found === 'missing') return { kind: 'missing', what: 'digest' };
    return { kind: 'found', digest: image.digest, architectures: architecturesOf(found), login };
  }
  const tagged = `${repository}:${image.tag}`;
  const kept = keptUnder(state, repository, image.tag);
  const reference = kept === undefined ? tagged : `${repository}@${kept}`;
  const behaviour = behaviourOf(state, reference);
  const digest = kept ?? digestOf(state, tagged);
  // An image that was deleted by its digest takes its tags with it.
  if (behaviour === 'missing' || isRemoved(state, 'image', digest)) return { kind: 'missing', what: 'tag' };
  state.registry.digests[digest] ??= { reference, behaviour };
  return { kind: 'found', digest, architectures: architecturesOf(behaviour), login: behaviour === 'private' ? 'local' : login };
}

/** The digest that `keep` put under this tag. */
function keptUnder(state: RehearsalState, repository: string, tag: string): string | undefined {
  const names = Object.keys(state.registry.kept).filter((name) => name.startsWith(`${repository}@`));
  return names.find((name) => state.registry.kept[name]?.includes(tag))?.slice(repository.length + 1);
}

/** How the containers of an image behave, named as a container definition does: by tag or by digest. */
export function behaviourOf(state: RehearsalState, image: string): ImageBehaviour {
  if (isRemoved(state, 'image', image)) return 'missing';
  const digest = /@(sha256:[0-9a-f]+)$/.exec(image)?.[1];
  if (digest !== undefined)
    return isRemoved(state, 'image', digest) ? 'missing' : (state.registry.digests[digest]?.behaviour ?? 'good');
  const tag = /:([^:/]+)$/.exec(image)?.[1] ?? 'latest';
  return state.registry.behaviours[image] ?? BEHAVIOURS.find((behaviour) => tag.endsWith(`-${behaviour}`)) ?? 'good';
}

/** Pushes a tag again: from now on it is another image. */
export function pushImage(state: RehearsalState, reference: string, behaviour: ImageBehaviour): void {
  // What the tag was stays under its digest, as in a registry.
  const before = behaviourOf(state, reference);
  if (before !== 'missing') state.registry.digests[digestOf(state, reference)] = { reference, behaviour: before };
  state.registry.generations[reference] = (state.registry.generations[reference] ?? 0) + 1;
  state.registry.behaviours[reference] = behaviour;
  state.script.removed = state.script.removed.filter((removed) => removed !== `image ${reference}`);
}

function digestOf(state: RehearsalState, reference: string): string {
  const generation = state.registry.generations[reference] ?? 0;
  return `sha256:${createHash('sha256').update(`${reference} ${generation}`).digest('hex')}`;
}

/** Of both architectures, as a good multi-platform build is. */
function architecturesOf(behaviour: ImageBehaviour): readonly ('x86_64' | 'arm64')[] {
  return behaviour === 'arm64' ? ['arm64'] : ['x86_64', 'arm64'];
}

const repositoryOf = ({ registry, repository }: TaggedImage | PinnedImage): string =>
  registry.kind === 'hub' ? repository : `${registry.host}/${repository}`;
