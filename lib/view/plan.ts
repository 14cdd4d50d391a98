import type { Plan, PlanFinding, ProcessPlan, PropertyChange, ResourceChange } from '../model/plan.js';
import { cut, type Look, paint } from './look.js';
import { type PlanSubject, subjectOf } from './plan-summary.js';
import {
  FINDING_TITLES,
  parameterLines,
  processState,
  propertyWords,
  renderChange,
  resourceMark,
  resourceWords,
} from './plan-words.js';

export { planJson } from './plan-json.js';
export { renderPlanMarkdown } from './plan-markdown.js';
export { type PlanSubject, platformSubject, summarizePlan } from './plan-summary.js';

/** A plan on a screen: one line that says it all, what needs an eye, then by process in words and by property. */
export function renderPlan(plan: Plan, look: Look, subject: PlanSubject = subjectOf(plan)): string {
  const blocks = [[paint(subject.summary, 'bold', look)], findings(plan, look)];
  for (const process of plan.processes) blocks.push(processBlock(process, plan, look, subject));
  const parameters = parameterLines(plan).map((line) => `  ~ ${cut(line, look.width - 4)}`);
  if (parameters.length > 0) blocks.push([paint('parameters', 'bold', look), ...parameters]);
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

const FINDING_COLOURS = {
  'data-loss': 'red',
  downtime: 'red',
  'broader-permissions': 'yellow',
  'broader-network': 'yellow',
  note: 'dim',
} as const;

/** Never cut: what needs an eye is read to its end. */
function findings(plan: Plan, look: Look): string[] {
  const line = ({ kind, text }: PlanFinding): string => `${kind === 'note' ? ' ' : '!'} ${FINDING_TITLES[kind]}: ${text}`;
  return plan.findings.map((finding) => paint(line(finding), FINDING_COLOURS[finding.kind], look));
}

function processBlock(process: ProcessPlan, plan: Plan, look: Look, subject: PlanSubject): string[] {
  const state = processState(process);
  const own = plan.resources.filter((resource) => resource.process === process.name);
  const words = process.changes.filter(({ kind }) => kind !== 'other').map(renderChange);
  const widest = Math.max(0, ...words.map(({ what }) => what.length));
  return [
    `${paint(process.name === '' ? subject.whole : process.name, 'bold', look)}${state === '' ? '' : `  ${paint(state, 'yellow', look)}`}`,
    ...words.map(({ what, how }) => cut(`  ${what.padEnd(widest)}  ${how}`, look.width)),
    ...own.flatMap((resource) => resourceLines(resource, plan, look)),
  ];
}

const MARK_COLOURS = { '+': 'green', '~': 'yellow', '-': 'red', '±': 'red' } as const;

function resourceLines(resource: ResourceChange, plan: Plan, look: Look): string[] {
  const mark = resourceMark(resource);
  const words = resourceWords(resource, plan.findings);
  const place = resource.place.kind === 'given' && resource.action !== 'modify' ? `  ${resource.place.value}` : '';
  const line = `${resource.id}  ${resource.type}${words === '' ? '' : `  (${words})`}${place}`;
  return [`  ${paint(mark, MARK_COLOURS[mark], look)} ${cut(line, look.width - 4)}`, ...propertyLines(resource, look)];
}

/** The place comes first where a line would be too long for both. */
function propertyLines({ properties }: ResourceChange, look: Look): string[] {
  return properties.map((property) => {
    const place = property.place.kind === 'given' ? `  ${property.place.value}` : '';
    const room = Math.max(30, look.width - 6 - place.length);
    return `      ${cut(said(property), room)}${paint(place, 'dim', look)}`;
  });
}

const said = (property: PropertyChange): string => `${property.path}  ${propertyWords(property)}`;
