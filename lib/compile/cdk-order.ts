import type { Resource, Template } from '../model/template.js';

/** Dependencies as CDK's Stack sorts them: by construct path, which in one stack means by id, in the order of a dictionary. */
export const sortedDependencies = ({ dependsOn }: Resource): string[] =>
  dependsOn.length < 2 ? [...dependsOn] : [...new Set(dependsOn)].sort((a, b) => a.localeCompare(b, 'en'));

/** A section that has nothing is left out. */
export function section<T extends { readonly id: string }>(items: readonly T[], render: (item: T) => object): object | undefined {
  return items.length === 0 ? undefined : Object.fromEntries(items.map((item) => [item.id, render(item)]));
}

/** Sections in the order CDK's Stack emits them; what is undefined is not written. */
export function templateObject({ description, parameters, resources, outputs }: Template): object {
  return {
    Description: description,
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: section(parameters, (item) => ({ Type: item.type, Default: item.default, Description: item.description })),
    Resources: section(resources, resourceObject),
    Outputs: section(outputs, (item) => ({ Description: item.description, Value: item.value })),
  };
}

function resourceObject(resource: Resource): object {
  const dependsOn = sortedDependencies(resource);
  const retained = resource.removal === 'retain' ? 'Retain' : undefined;
  return {
    Type: resource.type,
    Properties: Object.keys(resource.properties).length === 0 ? undefined : resource.properties,
    DependsOn: dependsOn.length === 0 ? undefined : dependsOn,
    UpdatePolicy: resource.updatePolicy.kind === 'given' ? resource.updatePolicy.value : undefined,
    UpdateReplacePolicy: retained,
    DeletionPolicy: retained,
  };
}
