import type { JsonObject } from '../model/json.js';
import { listAt, objectAt, type ResourceJson, type TemplateJson } from './template-json.js';

/** Types that take no tags and belong to the process that their id begins with. */
const NAMED_ONLY = new Set([
  'AWS::Route53::RecordSet',
  'AWS::Scheduler::Schedule',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::CloudWatch::Alarm',
]);

/** Says whose a resource is: the tag `empire:process` decides, else the beginning of its id; `''` is the app as a whole. */
export class Owners {
  private readonly byPrefix: readonly (readonly [string, string])[];

  constructor(templates: readonly TemplateJson[]) {
    const names = new Set<string>();
    for (const { resources } of templates) for (const resource of resources.values()) names.add(tagged(resource));
    names.delete('');
    this.byPrefix = [...names]
      .map((name): readonly [string, string] => [idPrefix(name), name])
      .sort(([a], [b]) => b.length - a.length);
  }

  processOf(id: string, resource: ResourceJson): string {
    const tag = tagged(resource);
    if (tag !== '' || !NAMED_ONLY.has(resource.Type)) return tag;
    return this.byPrefix.find(([prefix]) => id.startsWith(prefix) && /^[A-Z]/.test(id.slice(prefix.length)))?.[1] ?? '';
  }

  get processes(): string[] {
    return this.byPrefix.map(([, name]) => name).sort();
  }
}

/** `web-public` → `Webpublic`: how logical ids begin. */
export function idPrefix(process: string): string {
  const letters = process.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}

function tagged({ Properties }: ResourceJson): string {
  const tags = listAt(Properties['Tags']).map((tag): JsonObject => objectAt(tag));
  return String(tags.find((tag) => tag['Key'] === 'empire:process')?.['Value'] ?? '');
}
