import { renderColumns } from './columns.js';

interface Cost {
  readonly lines: readonly { readonly what: string; readonly count: number; readonly monthly: number }[];
  readonly total: number;
  readonly region: string;
  readonly pricesOf: string;
  readonly assumptions: readonly string[];
}

/** `$33.40` */
const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

/** What the platform costs by the month, what that rests on, and how old the prices are. */
export function renderPlatformCost({ lines, total, region, pricesOf, assumptions }: Cost): string {
  const rows = lines.map(({ what, count, monthly }) => [`  ${count} × ${what}`, dollars(monthly)]);
  const said = assumptions.map((assumption) => `  ${assumption}\n`).join('');
  return `cost a month, about (prices of ${region}, ${pricesOf})\n${renderColumns([...rows, ['  together', dollars(total)]])}${said}`;
}

/** The same for programs, to the cent. */
export function platformCostJson({ lines, total, ...rest }: Cost): object {
  const cents = (amount: number): number => Math.round(amount * 100) / 100;
  return {
    currency: 'USD',
    lines: lines.map(({ what, count, monthly }) => ({ what, count, monthly: cents(monthly) })),
    total: cents(total),
    ...rest,
  };
}
