import { renderBytes, renderColumns, renderNumber } from './columns.js';

export interface SynthesizedApp {
  readonly app: string;
  readonly environment: string;
  readonly stack: string;
  /** How many. */
  readonly resources: number;
  /** The length of the template's text, as it is deployed. */
  readonly bytes: number;
}

/** `hello  5 resources  3.2 kB  default`, a line per app. */
export function renderSynthSummary(apps: readonly SynthesizedApp[]): string {
  return renderColumns(
    apps.map(({ app, environment, resources, bytes }) => [
      app,
      renderNumber(resources, 'resource'),
      renderBytes(bytes),
      environment,
    ]),
  );
}

/** The same for programs. */
export function synthSummaryJson(apps: readonly SynthesizedApp[]): object {
  return { apps: apps.map(({ app, environment, stack, resources, bytes }) => ({ app, environment, stack, resources, bytes })) };
}
