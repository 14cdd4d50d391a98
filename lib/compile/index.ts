import { appStackResources } from '../../constructs/app-stack/resources.js';
import type { App } from '../model/app.js';
import type { Ledger } from '../model/ledger.js';
import type { Platform } from '../model/platform.js';
import type { Origins, Place, Problem } from '../model/problem.js';
import type { SourceMap, Template } from '../model/template.js';
import { Problems } from '../problems.js';
import { formatTemplate } from './format-template.js';
import { placed } from './ingress-places.js';
import { checkLimits } from './limits.js';
import { sourceMap } from './source-map.js';
import { checkIds } from './unique-ids.js';

export type Compiled =
  | {
      readonly kind: 'compiled';
      readonly template: Template;
      readonly sourceMap: SourceMap;
      readonly problems: readonly Problem[];
    }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface CompileInput {
  readonly app: App;
  readonly platform: Platform;
  readonly ledger: Ledger;
  readonly origins: Origins;
}

/** An app on its platform → its template and where everything in it came from. Pure: the same values give the same bytes. */
export function compileApp({ app, platform, ledger, origins }: CompileInput): Compiled {
  const { problems: fromIngress, ...template } = appStackResources(app, platform, ledger);
  const place: Place = { kind: 'file', file: `apps/${app.name}` };
  const own = new Problems();
  checkIds(template, place, own);
  checkLimits(template, formatTemplate(template), place, own);
  const problems = [...placed(fromIngress, origins), ...own.all];
  if (problems.some(({ severity }) => severity === 'error')) return { kind: 'refused', problems };
  return { kind: 'compiled', template, sourceMap: sourceMap(template, origins), problems };
}
