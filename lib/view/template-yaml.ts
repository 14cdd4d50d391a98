import { DUMP_SCHEMA, dump } from 'js-yaml';

/**
 * Template JSON → the same template as YAML, for reading and for CloudFormation. What either a YAML 1.1
 * or a 1.2 reader would take for something else than text (`on`, `2012-10-17`, `22:22`, `1e3`) is quoted.
 */
export function renderTemplateYaml(json: string): string {
  return dump(JSON.parse(json), { schema: DUMP_SCHEMA, lineWidth: -1, noRefs: true });
}
