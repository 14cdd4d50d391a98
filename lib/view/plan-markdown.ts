import type { Plan } from '../model/plan.js';
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

/** A plan as a comment on a review. Values from manifests stand in code only, so that nothing in them is markup or a mention. */
export function renderPlanMarkdown(plan: Plan, title: string, subject: PlanSubject = subjectOf(plan)): string {
  const blocks = [`### ${code(title)}: ${code(subject.summary)}`, findings(plan), processes(plan, subject), details(plan)];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function findings(plan: Plan): string {
  const marks = { 'data-loss': '🛑', downtime: '🛑', 'broader-permissions': '⚠️', 'broader-network': '⚠️', note: 'ℹ️' };
  return plan.findings.map(({ kind, text }) => `- ${marks[kind]} **${FINDING_TITLES[kind]}**: ${code(text)}`).join('\n');
}

function processes(plan: Plan, subject: PlanSubject): string {
  const rows = plan.processes.map((process) => {
    const words = process.changes.filter(({ kind }) => kind !== 'other').map(renderChange);
    const changes = words.map(({ what, how }) => `${what} ${code(how)}`).join('<br>');
    return `| ${process.name === '' ? subject.whole : code(process.name)} | ${processState(process) || (plan.kind === 'create' ? 'new' : 'changes')} | ${changes} |`;
  });
  return rows.length === 0 ? '' : ['| process | | |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Everything, by property, folded. */
function details(plan: Plan): string {
  const lines = [
    ...plan.resources.flatMap((resource) => {
      const words = resourceWords(resource, plan.findings);
      const mark = resourceMark(resource);
      const line = `${mark === '~' || mark === '±' ? '!' : mark} ${resource.id}  ${resource.type}${words === '' ? '' : `  (${words})`}`;
      return [
        line,
        ...resource.properties.map((property) => `    ${property.path}  ${propertyWords(property)}${place(property.place)}`),
      ];
    }),
    ...parameterLines(plan).map((line) => `! ${line}`),
  ].map((line) => (line.length > 400 ? `${line.slice(0, 399)}…` : line));
  if (lines.length === 0) return '';
  const fence = '`'.repeat(Math.max(3, longest(lines.join('\n')) + 1));
  const title = plan.resources.length === 1 ? '1 resource' : `${plan.resources.length} resources`;
  return `<details><summary>${title}</summary>\n\n${fence}diff\n${lines.join('\n')}\n${fence}\n\n</details>`;
}

const place = (value: Plan['resources'][number]['place']): string => (value.kind === 'given' ? `  ${value.value}` : '');

const longest = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** Text as code, whatever is in it; `|` would end a cell of a table. */
function code(text: string): string {
  const mark = '`'.repeat(longest(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${mark}${pad}${text.replaceAll('|', '\\|').replaceAll('\n', ' ')}${pad}${mark}`;
}
