type Metadata = Readonly<Record<string, readonly { readonly type: string }[]>>;

interface Artifact {
  readonly type: string;
  readonly additionalMetadataFile?: string;
  readonly metadata?: Metadata;
}

interface Stack {
  /** Its text. */
  readonly template: string;
}

/** The stacks of a cloud assembly with the texts of their templates, wherever the paths of their constructs are written. `read` knows its files. */
export function stacksIn(read: (name: string) => string): Readonly<Record<string, Stack>> {
  const { artifacts } = JSON.parse(read('manifest.json')) as { artifacts: Readonly<Record<string, Artifact>> };
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return Object.fromEntries(
    stacks.map(([name, { additionalMetadataFile: file, metadata, ...rest }]) => {
      const beside: Metadata = file === undefined ? {} : JSON.parse(read(file));
      return [name, { ...rest, metadata: pathsIn({ ...metadata, ...beside }), template: read(`${name}.template.json`) }];
    }),
  );
}

/** CDK also says which file the template is in, which its CLI reads elsewhere. */
const pathsIn = (metadata: Metadata): object =>
  Object.fromEntries(
    Object.entries(metadata)
      .map(([path, entries]) => [path, entries.filter(({ type }) => type === 'aws:cdk:logicalId')] as const)
      .filter(([, entries]) => entries.length > 0),
  );
