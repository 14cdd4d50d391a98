import type { App } from '../../lib/model/app.js';
import type { Given } from '../../lib/model/given.js';
import type { Json } from '../../lib/model/json.js';
import type { Ledger } from '../../lib/model/ledger.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { certificates } from '../certificate/resources.js';
import { listenerRule } from '../listener-rule/resources.js';
import type { PlatformReferences } from '../platform-references.js';
import { type AliasTarget, aliasTarget, privateRecords, publicRecords } from '../record/resources.js';
import { ref } from '../resource.js';
import { targetGroups } from '../target-group/resources.js';
import { infrastructureRole } from '../traffic-shift/resources.js';
import { privateNameOf, urlOf } from './addresses.js';
import { type Attachment, attachmentsOf } from './attachments.js';
import { balancerId, balancersOf } from './balancers.js';
import { type ExposedProcess, exposedProcesses, type Scheme } from './exposed.js';
import { groupsOf } from './groups.js';
import { refuseImpossible, refuseOverfull } from './limits.js';
import { listenerId } from './listeners.js';
import { numbersOf, ruleKey } from './numbers.js';
import { type IngressProblem, Refusals } from './refusals.js';
import type { IngressRule } from './rule.js';
import { rulesOf } from './rules.js';

export type { Attachment } from './attachments.js';
export type { IngressProblem } from './refusals.js';
export { rulesOf } from './rules.js';

/** How an app is reached. */
export interface Ingress {
  readonly resources: readonly Resource[];
  /** By process. */
  readonly attachments: ReadonlyMap<string, Attachment>;
  readonly url: Given<Json>;
  readonly privateName: Given<Json>;
  readonly problems: readonly IngressProblem[];
}

/** Balancers, listeners, rules, target groups, certificates and records of an app, and how its services attach to them. */
export function ingressResources(app: App, platform: Platform, references: PlatformReferences, ledger: Ledger): Ingress {
  const refusals = new Refusals();
  const rules = rulesOf(app, platform);
  const groups = groupsOf(app, rules);
  refuseImpossible(app, platform, groups, refusals);
  if (platform.loadBalancers === 'per-app') refuseOverfull(app, rules, groups, refusals);
  const numbers = numbersOf(app, platform, rules, ledger, refusals);
  const balancers = balancersOf(app, platform, references, groups);
  const active = rules.filter((rule) => rule.active);
  const arnOf = (rule: IngressRule): Json => listenerArn(platform, references, rule);
  return {
    resources: [
      ...balancers.resources,
      ...groups.flatMap((group) => targetGroups(app, platform, references, group)),
      ...active.map((rule) => listenerRule(app, platform, rule, arnOf(rule), numbers.get(ruleKey(rule)) ?? 0)),
      ...infrastructureRole(app, platform, active, groups, arnOf),
      ...exposedProcesses(app).flatMap((process) => named(app, platform, references, process)),
    ],
    attachments: attachmentsOf(app, groups, active, balancers.defaults),
    url: urlOf(app, platform),
    privateName: privateNameOf(app, platform),
    problems: refusals.all,
  };
}

const listenerArn = (platform: Platform, references: PlatformReferences, { listener, scheme, port }: IngressRule): Json =>
  platform.loadBalancers === 'shared' ? references.sharedListener(listener) : ref(listenerId(scheme, port));

/** Certificates and records. */
function named(app: App, platform: Platform, references: PlatformReferences, process: ExposedProcess): Resource[] {
  const target = (scheme: Scheme): AliasTarget => targetOf(platform, references, process, scheme);
  return [
    ...privateRecords(app, platform, references, process, target('internal')),
    ...certificates(app, platform, process),
    ...(process.exposure.domains.length === 0 ? [] : publicRecords(process, target('public'))),
  ];
}

function targetOf(platform: Platform, references: PlatformReferences, process: ExposedProcess, scheme: Scheme): AliasTarget {
  if (platform.loadBalancers === 'per-app' || process.exposure.kind === 'tcp')
    return aliasTarget(balancerId(scheme, process.exposure.kind));
  return {
    dnsName: references.sharedBalancer(scheme, 'dns-name'),
    zoneId: references.sharedBalancer(scheme, 'zone-id'),
  };
}
