import type { BoxKind } from './graph-scene.js';

/** The colours of one appearance. `bars`: the coloured edge of each kind of box. */
interface Colours {
  readonly page: string;
  readonly card: string;
  readonly box: string;
  readonly edge: string;
  readonly text: string;
  readonly dim: string;
  readonly wire: string;
  readonly bars: Readonly<Record<Exclude<BoxKind, 'app'>, string>>;
}

const LIGHT: Colours = {
  page: '#ffffff',
  card: '#f6f8fa',
  box: '#ffffff',
  edge: '#d1d9e0',
  text: '#1f2328',
  dim: '#59636e',
  wire: '#818b98',
  bars: {
    absent: '#cf222e',
    public: '#1a7f37',
    internal: '#0b7285',
    schedule: '#8250df',
    service: '#0969da',
    cron: '#8250df',
    release: '#9a6700',
    'run-only': '#818b98',
    off: '#d1d9e0',
    mentions: '#bc4c00',
  },
};

const DARK: Colours = {
  page: '#0d1117',
  card: '#151b23',
  box: '#0d1117',
  edge: '#3d444d',
  text: '#f0f6fc',
  dim: '#9198a1',
  wire: '#656c76',
  bars: {
    absent: '#f85149',
    public: '#3fb950',
    internal: '#3bc9db',
    schedule: '#ab7df8',
    service: '#4493f8',
    cron: '#ab7df8',
    release: '#d29922',
    'run-only': '#656c76',
    off: '#3d444d',
    mentions: '#f0883e',
  },
};

const FONT = `-apple-system, BlinkMacSystemFont, 'Segoe UI', 'Noto Sans', Helvetica, Arial, 'DejaVu Sans', sans-serif`;

/** Light, and dark where the reader's screen is. The page is painted, so that a picture is readable on any. */
export function graphStyle(): string {
  return [
    `text{font-family:${FONT};white-space:pre}`,
    '.bold{font-weight:600}',
    '.edge,.wire{fill:none;stroke-width:1.5}',
    '.frame,.box{stroke-width:1}',
    '.dashed{stroke-dasharray:5 4}',
    ...rules(LIGHT),
    '@media (prefers-color-scheme:dark){',
    ...rules(DARK),
    '}',
  ].join('\n');
}

function rules(colours: Colours): string[] {
  const { page, card, box, edge, text, dim, wire, bars } = colours;
  return [
    `.page{fill:${page}}`,
    `.frame{fill:${card};stroke:${edge}}`,
    `.box{fill:${box};stroke:${edge}}`,
    `.absent{stroke:${bars.absent}}`,
    `text{fill:${text}}`,
    `.dim{fill:${dim}}`,
    ...Object.entries(bars).map(([kind, colour]) => `.bar-${kind}{fill:${colour}}`),
    ...wireRules('inside', wire),
    ...wireRules('public', bars.public),
    ...wireRules('mention', bars.mentions),
  ];
}

const wireRules = (kind: string, colour: string): string[] => [`.wire-${kind}{stroke:${colour}}`, `.tip-${kind}{fill:${colour}}`];
