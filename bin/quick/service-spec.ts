/** What the diff of templates asks of a type of resource. */
export interface ResourceModel {
  readonly cloudFormationType: string;
  readonly scrutinizable?: string;
  /** By name: whether another value makes another resource, and what it is looked at for. */
  readonly properties: Readonly<Record<string, { readonly causesReplacement?: string; readonly scrutinizable?: string }>>;
}

type Lookup = (entity: string, index: string, predicate: string, value: string) => readonly ResourceModel[];

export interface ServiceSpec {
  readonly lookup: Lookup;
}

/** `@aws-cdk/aws-service-spec` as far as the diff of templates uses it. */
export interface ServiceSpecPackage {
  readonly loadAwsServiceSpecSync: () => ServiceSpec;
}

/**
 * In place of `@aws-cdk/aws-service-spec`, whose specification of all of AWS takes half a second to read: knows the types that we make, and
 * reads the whole one only for another.
 */
export function someTypes(known: readonly ResourceModel[], whole: () => ServiceSpecPackage): ServiceSpecPackage {
  const models = new Map(known.map((model) => [model.cloudFormationType, model]));
  let all: ServiceSpec | undefined;
  const lookup: Lookup = (entity, index, predicate, value) => {
    const model = models.get(value);
    if (model !== undefined && entity === 'resource' && index === 'cloudFormationType' && predicate === 'equals') return [model];
    all ??= whole().loadAwsServiceSpecSync();
    return all.lookup(entity, index, predicate, value);
  };
  return { loadAwsServiceSpecSync: () => ({ lookup }) };
}
