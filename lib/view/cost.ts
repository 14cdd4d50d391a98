import type { AppCost, CostLine, CostOf, Estimate, Span } from '../model/cost.js';
import { renderColumns, renderNumber } from './columns.js';

/** A table for each app, the total of several, and what all of it takes for granted. */
export function renderEstimate(estimate: Estimate): string {
  const blocks = estimate.apps.map((app) => ({ app, rows: rowsOf(app, estimate) }));
  const total = estimate.apps.length === 1 ? [] : [['all', '', renderDollars(estimate.total)]];
  const all = [...blocks.flatMap(({ rows }) => rows), ...total];
  const widest = Math.max(...all.map((row) => (row[2] as string).length));
  const lines = renderColumns(all.map(([first = '', second = '', third = '']) => [first, second, third.padStart(widest)]))
    .split('\n')
    .slice(0, -1);
  const tables = blocks.map(({ app, rows }) => `${headline(app)}\n${lines.splice(0, rows.length).join('\n')}\n`);
  return [...tables, ...(total.length === 0 ? [] : [`${lines.join('\n')}\n`]), assumptionLines(estimate).join('')].join('\n');
}

const headline = ({ app, maintenance }: AppCost): string => `${app}${maintenance ? ' (in maintenance)' : ''}`;

function rowsOf({ lines, total }: AppCost, estimate: Estimate): string[][] {
  return [
    ...lines.map((line) => [`  ${renderCostName(line.of)}`, renderDetail(line, estimate), renderPaid(line)]),
    ['  total', '', renderDollars(total)],
  ];
}

/** `web`, `public load balancer`, `logs` */
export function renderCostName(of: CostOf): string {
  if ('process' in of) return of.process;
  if (of.kind === 'balancer') return `${of.scheme} ${of.balancer === 'tcp' ? 'network ' : ''}load balancer`;
  return of.kind === 'addresses' ? 'public addresses' : 'logs';
}

function renderDetail({ of, size, runsOn }: CostLine, { assumptions }: Estimate): string {
  const one = `${Number((size.cpu / 1024).toFixed(3))} vCPU, ${size.memoryMiB} MiB on ${runsOn}`;
  switch (of.kind) {
    case 'service':
      return `${renderSpan(of.tasks, 0)} × ${one}`;
    case 'cron':
      return `${renderSpan(of.runs, 0)} runs of ${assumptions.cronMinutes} min × ${one}`;
    case 'on-demand':
      return `when it runs × ${one}`;
    case 'balancer':
      return renderNumber(assumptions.capacityUnits, 'capacity unit');
    case 'addresses':
      return renderSpan(of.count, 0);
    case 'logs':
      return `${renderSpan(of.gigabytes, 2)} GB`;
  }
}

function renderPaid({ of, payer, dollars, dollarsPerTaskHour }: CostLine): string {
  if (payer === 'host') return 'the instances';
  if (payer === 'platform') return 'the platform';
  return of.kind === 'on-demand' ? `${dollarsPerTaskHour.toFixed(4)} an hour` : renderDollars(dollars);
}

/** `18.02`, or `18.02..90.12`. */
export const renderDollars = (span: Span): string => renderSpan(span, 2);

function renderSpan({ min, max }: Span, digits: number): string {
  const [least, most] = [min.toFixed(digits), max.toFixed(digits)];
  return least === most ? least : `${least}..${most}`;
}

/** Everything that the figures take for granted, a line each. */
export function assumptionsOf({ prices, assumptions, zones }: Estimate): string[] {
  const spot = Math.round(prices.spotShare * 100);
  return [
    `US dollars a month of ${prices.hoursPerMonth} hours, at the list prices of ${prices.region} in ${prices.asOf}; other regions differ`,
    'without tax, discounts, free tiers, data transfer, and the shared ground: VPC, NAT, instances, shared load balancers',
    `a run of a schedule lasts ${assumptions.cronMinutes} min; a task logs ${assumptions.logGigabytes} GB; a load balancer uses ${renderNumber(assumptions.capacityUnits, 'capacity unit')}`,
    `Fargate Spot is taken at ${spot} % of the price; a public load balancer has an address in each of ${zones} zones`,
    'on instances (ec2) a task costs its share of the host, which the platform pays',
  ];
}

const assumptionLines = (estimate: Estimate): string[] => assumptionsOf(estimate).map((line) => `- ${line}\n`);

/**
 * The estimate for programs. Dollars have cents; `min` and `max` are the same where nothing scales. `payer` says whose money a line is:
 * `app`, `host` (the instances it runs on) or `platform`; only the app's is in the totals.
 */
export function estimateJson(estimate: Estimate): object {
  const { prices, assumptions, zones, apps, total } = estimate;
  return {
    currency: 'USD',
    region: prices.region,
    pricesAsOf: prices.asOf,
    hoursPerMonth: prices.hoursPerMonth,
    assumptions: { ...assumptions, zones, spotShare: prices.spotShare, notes: assumptionsOf(estimate) },
    apps: apps.map((app) => ({
      app: app.app,
      maintenance: app.maintenance,
      lines: app.lines.map(lineJson),
      total: cents(app.total),
    })),
    total: cents(total),
  };
}

function lineJson({ of, payer, dollars, dollarsPerTaskHour, size, runsOn }: CostLine): object {
  const task =
    runsOn === '' ? {} : { cpu: size.cpu, memory: size.memoryMiB, runsOn, taskHour: Number(dollarsPerTaskHour.toFixed(6)) };
  return { name: renderCostName(of), ...of, ...task, payer, dollars: cents(dollars) };
}

const cents = ({ min, max }: Span): Span => ({ min: Number(min.toFixed(2)), max: Number(max.toFixed(2)) });
