/** From one card to another, by index. */
export interface Link {
  readonly from: number;
  readonly to: number;
}

/** The columns of the cards that hang together: each column a list of indexes from the top. */
export type Columns = readonly (readonly number[])[];

/** Cards that hang together, each group in columns so that most links run from left to right; groups and cards in the order given. */
export function groupsOf(count: number, links: readonly Link[]): Columns[] {
  const group = Array.from({ length: count }, (_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (group[at] !== at) at = group[at] as number;
    return at;
  };
  for (const { from, to } of links) {
    const [low, high] = [find(from), find(to)].sort((a, b) => a - b) as [number, number];
    group[high] = low;
  }
  const members = new Map<number, number[]>();
  for (let index = 0; index < count; index++) members.set(find(index), [...(members.get(find(index)) ?? []), index]);
  return [...members.values()].map((indexes) => columnsOf(indexes, links));
}

function columnsOf(members: readonly number[], links: readonly Link[]): Columns {
  const mine = links.filter(({ from, to }) => from !== to && members.includes(from));
  const forward = withoutBackward(members, mine);
  const rank = new Map(members.map((index) => [index, 0]));
  for (const _ of members)
    for (const { from, to } of forward) rank.set(to, Math.max(rank.get(to) as number, (rank.get(from) as number) + 1));
  const depth = Math.max(...rank.values());
  const columns = Array.from({ length: depth + 1 }, (_, column) => members.filter((index) => rank.get(index) === column));
  return settled(columns, forward);
}

/** Without the links that close a circle, found on a walk that begins where most links leave. */
function withoutBackward(members: readonly number[], links: readonly Link[]): Link[] {
  const surplus = (index: number): number =>
    links.reduce((sum, { from, to }) => sum + (from === index ? 1 : 0) - (to === index ? 1 : 0), 0);
  const starts = [...members].sort((a, b) => surplus(b) - surplus(a) || a - b);
  const state = new Map<number, 'open' | 'done'>();
  const kept: Link[] = [];
  const visit = (index: number): void => {
    state.set(index, 'open');
    for (const link of links.filter(({ from }) => from === index)) {
      if (state.get(link.to) === 'open') continue;
      kept.push(link);
      if (!state.has(link.to)) visit(link.to);
    }
    state.set(index, 'done');
  };
  for (const start of starts) if (!state.has(start)) visit(start);
  return kept;
}

/** Each column in the order of what names its cards: from the top, and of one card in the order in which it names them. */
function settled(columns: readonly number[][], links: readonly Link[]): Columns {
  const place = new Map<number, number>();
  const heights = links.map(({ from }, at) => links.slice(0, at).filter((link) => link.from === from).length / links.length);
  return columns.map((column) => {
    const weight = (index: number): number => {
      const before = links.flatMap(({ from, to }, at) =>
        to === index ? [(place.get(from) ?? 0) + (heights[at] as number)] : [],
      );
      return before.reduce((sum, at) => sum + at, 0) / Math.max(1, before.length);
    };
    const sorted = [...column].sort((a, b) => weight(a) - weight(b));
    for (const [at, index] of sorted.entries()) place.set(index, at);
    return sorted;
  });
}
