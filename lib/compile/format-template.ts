import type { SourceMap, Template } from '../model/template.js';
import { templateObject } from './cdk-order.js';

/** Templates are values, so a text once made stays right: the check of limits and the writer share it. */
const known = new WeakMap<Template, string>();

/** The template's text: the bytes CDK writes for the same stack, indented by one space and without a final line end. */
export function formatTemplate(template: Template): string {
  const text = known.get(template) ?? JSON.stringify(templateObject(template), null, 1);
  known.set(template, text);
  return text;
}

/** The source map's text, laid out as the template is. */
export const formatSourceMap = (map: SourceMap): string => JSON.stringify(map, null, 1);
