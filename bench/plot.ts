/** One line of the plot: time by number of apps. */
export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly (readonly [apps: number, milliseconds: number])[];
}

const WIDTH = 720;
const HEIGHT = 420;
const LEFT = 70;
const RIGHT = 200;
const TOP = 24;
const BOTTOM = 48;

/** Both axes are logarithmic: a line of slope one is a cost per app. */
export function renderPlot(series: readonly Series[]): string {
  const all = series.flatMap(({ points }) => points);
  const x = scale([1, Math.max(...all.map(([apps]) => apps))], [LEFT, WIDTH - RIGHT]);
  const y = scale([10, 10 ** Math.ceil(Math.log10(Math.max(...all.map(([, time]) => time))))], [HEIGHT - BOTTOM, TOP]);
  const top = Math.log10(Math.max(...all.map(([, time]) => time)));
  const grid = Array.from({ length: Math.ceil(top) }, (_, power) => 10 ** (power + 1));
  const lines = [
    ...grid.map((time) => gridLine(y(time), time < 1000 ? `${time} ms` : `${(time / 1000).toLocaleString('en')} s`)),
    ...[1, 10, 100, 1000].map(
      (apps) => `<text x="${x(apps)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${apps.toLocaleString('en')}</text>`,
    ),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">apps</text>`,
    ...labelled(series, y).map(({ one, at }) => drawn(one, x, y, at)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${lines.join('\n')}
</svg>
`;
}

const scale =
  ([from, to]: readonly [number, number], [start, end]: readonly [number, number]) =>
  (value: number): number =>
    Math.round((start + ((Math.log10(value) - Math.log10(from)) / (Math.log10(to) - Math.log10(from))) * (end - start)) * 10) /
    10;

const gridLine = (at: number, text: string): string =>
  `<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#ddd"/><text x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${text}</text>`;

/** Names stand at the ends of their lines, and not on each other. */
function labelled(series: readonly Series[], y: (time: number) => number): { one: Series; at: number }[] {
  const ends = series.map((one) => ({ one, at: y(one.points.at(-1)?.[1] ?? 10) })).sort((a, b) => a.at - b.at);
  ends.forEach((end, index) => {
    const above = ends[index - 1];
    if (above !== undefined) end.at = Math.max(end.at, above.at + 16);
  });
  return ends;
}

function drawn({ name, colour, points }: Series, x: (apps: number) => number, y: (time: number) => number, at: number): string {
  const path = points.map(([apps, time], index) => `${index === 0 ? 'M' : 'L'}${x(apps)} ${y(time)}`).join('');
  const dots = points.map(([apps, time]) => `<circle cx="${x(apps)}" cy="${y(time)}" r="3" fill="${colour}"/>`).join('');
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}<text x="${WIDTH - RIGHT + 10}" y="${at + 4}" fill="${colour}">${name}</text>`;
}
