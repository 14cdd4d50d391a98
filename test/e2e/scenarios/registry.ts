import type { PinnedImage, TaggedImage } from '../../../lib/model/app.js';
import type { ResolvedImage } from '../../../lib/model/windows.js';
import { ACCOUNT, REGION, REGISTRY } from './ground.js';
import type { Scenario } from './scenario.js';

const REPOSITORY = 'remind101/acme-inc';
const NONE = { kind: 'none' } as const;

const tagged = (tag: string, repository = REPOSITORY): TaggedImage => ({
  kind: 'tagged',
  tag,
  repository,
  credentials: NONE,
  registry: { kind: 'ecr', host: REGISTRY, account: ACCOUNT, region: REGION, partition: 'aws' },
});

const pinned = (digest: string, repository = REPOSITORY): PinnedImage => ({
  ...tagged('', repository),
  kind: 'pinned',
  tag: NONE,
  digest,
});

/** The architectures are a set. */
const shown = (image: ResolvedImage) =>
  image.kind === 'found' ? { ...image, architectures: [...image.architectures].sort() } : image;

const images: Scenario = {
  name: 'registry',
  against: 'plain',
  async play({ windows: { registry }, ground, step }) {
    await ground.repository(REPOSITORY);
    await ground.push(REPOSITORY, 'v1');
    await ground.push(REPOSITORY, 'v2');
    const first = await step('a tag', registry.resolve(tagged('v1')), shown);
    const second = await step('another tag', registry.resolve(tagged('v2')), shown);
    const [one, two] = [first, second].map((found) => (found?.kind === 'found' ? found.digest : ''));
    await step('a digest', registry.resolve(pinned(one ?? '')), shown);
    await step('keep', registry.keep(pinned(one ?? ''), 'empire-default-acme-inc-v1'));
    await step('keep twice', registry.keep(pinned(one ?? ''), 'empire-default-acme-inc-v1'));
    await step('what was kept', registry.resolve(tagged('empire-default-acme-inc-v1')), shown);
    await ground.push(REPOSITORY, 'v1');
    await step('a tag that was moved', registry.resolve(tagged('v1')), shown);
    await step('what the tag was before, kept', registry.resolve(pinned(one ?? '')), shown);
    await step('and by its own tag', registry.resolve(tagged('empire-default-acme-inc-v1')), shown);
    await step('a tag that is not there', registry.resolve(tagged('v3-missing')), shown);
    await ground.noImage(REPOSITORY, two ?? '');
    await step('a digest that is not there', registry.resolve(pinned(two ?? '')), shown);
    await step('keep what is not there', registry.keep(pinned(two ?? ''), 'empire-default-acme-inc-v2'), ({ kind }) => kind);
    await step('the tag of what is not there', registry.resolve(tagged('v2')), shown);
    await step('a repository that is not there', registry.resolve(tagged('v1', 'remind101/no-such')), ({ kind }) => kind);
    await step('keep in no repository', registry.keep(pinned(one ?? '', 'remind101/no-such'), 'v1'), ({ kind }) => kind);
  },
};

export const registryScenarios: readonly Scenario[] = [images];
