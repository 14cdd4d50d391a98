import type { Template } from '../model/template.js';
import { renderBytes, renderColumns, renderNumber } from './columns.js';

export interface SynthesizedApp {
  readonly app: string;
  readonly environment: string;
  readonly template: Template;
  /** The template's text, as it is deployed. */
  readonly json: string;
}

/** `hello  5 resources  3.2 kB  default`, a line per app. */
export function renderSynthSummary(apps: readonly SynthesizedApp[]): string {
  return renderColumns(
    apps.map(({ app, environment, template, json }) => [
      app,
      renderNumber(template.resources.length, 'resource'),
      renderBytes(Buffer.byteLength(json)),
      environment,
    ]),
  );
}

/** The same for programs. */
export function synthSummaryJson(apps: readonly SynthesizedApp[]): object {
  return {
    apps: apps.map(({ app, environment, template, json }) => ({
      app,
      environment,
      stack: template.stackName,
      resources: template.resources.length,
      bytes: Buffer.byteLength(json),
    })),
  };
}
