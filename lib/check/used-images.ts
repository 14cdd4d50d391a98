import type { App, Arch, Image } from '../model/app.js';

/** One image of the app, and what needs it. */
export interface UsedImage {
  readonly image: Image;
  /** As people write it, without credentials. */
  readonly reference: string;
  /** Pointer of where it was written. */
  readonly pointer: string;
  /** Architectures of the processes that use it, sorted. */
  readonly architectures: readonly Arch[];
}

/** Every image once, the app's own first. */
export function usedImages(app: App): readonly UsedImage[] {
  const found = new Map<string, UsedImage>();
  const use = (image: Image, pointer: string, architectures: readonly Arch[]): void => {
    const reference = formatReference(image);
    const before = found.get(reference) ?? { image, reference, pointer, architectures: [] };
    found.set(reference, { ...before, architectures: [...new Set([...before.architectures, ...architectures])].sort() });
  };
  const processes = app.processes.flatMap((process) => (process.kind === 'off' ? [] : [process]));
  use(
    app.image,
    '/image',
    processes.map(({ arch }) => arch),
  );
  for (const { name, sidecars, arch } of processes)
    for (const sidecar of sidecars) use(sidecar.image, `/processes/${name}/sidecars/${sidecar.name}/image`, [arch]);
  return [...found.values()];
}

function formatReference(image: Image): string {
  const host = image.registry.kind === 'hub' ? '' : `${image.registry.host}/`;
  const tag = image.kind === 'tagged' ? `:${image.tag}` : image.tag.kind === 'given' ? `:${image.tag.value}` : '';
  return `${host}${image.repository}${tag}${image.kind === 'pinned' ? `@${image.digest}` : ''}`;
}
