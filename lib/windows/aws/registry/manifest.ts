/** Kinds of manifest that a registry may give: of one image, or an index of one per architecture. */
export const MANIFEST_TYPES: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

export type Architecture = 'x86_64' | 'arm64';

/** What a manifest says of architectures: it lists them, or only the configuration of its one image knows. */
export type ManifestFacts =
  | { readonly kind: 'index'; readonly architectures: readonly Architecture[] }
  | { readonly kind: 'image'; readonly config: string }
  /** Not a manifest of an image as we know them. */
  | { readonly kind: 'other' };

const NAMES: ReadonlyMap<unknown, Architecture> = new Map([
  ['amd64', 'x86_64'],
  ['arm64', 'arm64'],
]);

/** Text of a manifest → what it says. The text comes from a registry: nothing in it is trusted to be there. */
export function parseManifest(text: string): ManifestFacts {
  const manifest = parseJson(text);
  const listed = fieldOf(manifest, 'manifests');
  if (Array.isArray(listed)) return { kind: 'index', architectures: architecturesOf(listed) };
  const digest = fieldOf(fieldOf(manifest, 'config'), 'digest');
  return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest)
    ? { kind: 'image', config: digest }
    : { kind: 'other' };
}

/** Text of an image's configuration → its architecture; empty when it is none that tasks run on. */
export function parseArchitecture(text: string): readonly Architecture[] {
  const name = NAMES.get(fieldOf(parseJson(text), 'architecture'));
  return name === undefined ? [] : [name];
}

/** Attestations are listed as images for `unknown`. */
function architecturesOf(listed: readonly unknown[]): readonly Architecture[] {
  const names = listed
    .map((one) => fieldOf(one, 'platform'))
    .filter((platform) => (fieldOf(platform, 'os') ?? 'linux') === 'linux');
  const known = names.map((platform) => NAMES.get(fieldOf(platform, 'architecture')));
  return [...new Set(known.filter((one): one is Architecture => one !== undefined))].sort();
}

/** A value of an object, also when it is none. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** Undefined when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
