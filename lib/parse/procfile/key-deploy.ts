import type { Deployment } from '../../model/app.js';
import type { Place } from '../../model/problem.js';
import type { Problems } from '../../problems.js';
import { fields } from './form-readers.js';
import { minutes, percent } from './quantity-readers.js';
import type { Reader } from './reader.js';
import { choice } from './scalar-readers.js';
import type { WrittenFields } from './written-process.js';

const STRATEGIES = ['rolling', 'recreate', 'blue-green', 'canary', 'linear'] as const;
type Strategy = (typeof STRATEGIES)[number];

interface Settings {
  strategy: Strategy;
  percent: number;
  step: number;
  bake: number;
  min_healthy: number;
  max: number;
}
type Written = WrittenFields<Settings>;
type SettingName = Exclude<keyof Settings, 'strategy'>;

/** Which settings belong to which strategy. */
const SETTINGS: { readonly [S in Strategy]: readonly SettingName[] } = {
  rolling: ['min_healthy', 'max'],
  recreate: [],
  'blue-green': ['bake'],
  canary: ['percent', 'step', 'bake'],
  linear: ['percent', 'step', 'bake'],
};

export const DEPLOY_DEFAULTS = {
  rolling: { minHealthyPercent: 100, maxPercent: 200 },
  canary: { percent: 5, stepMinutes: 10 },
  linear: { percent: 10, stepMinutes: 6 },
  bakeMinutes: 5,
} as const;

const strategy = choice(STRATEGIES);
const settings = fields<Settings>({
  strategy,
  percent: percent(1, 100),
  step: minutes(0, 1440),
  bake: minutes(0, 1440),
  min_healthy: percent(0, 100),
  max: percent(100, 200),
});

/** `deploy`: a strategy, or a map with its settings. */
export const deploy: Reader<Deployment> = {
  read(node, what, problems) {
    if (node.kind !== 'map') {
      const word = strategy.read(node, what, problems);
      return word === undefined ? undefined : deploymentOf(word, {});
    }
    const before = problems.all.length;
    const found = settings.read(node, what, problems);
    if (found === undefined || problems.all.length > before) return undefined;
    const word = found.strategy?.value ?? 'rolling';
    refuseForeign(found, word, problems);
    const deployment = deploymentOf(word, found);
    refuseUnworkable(deployment, found, node.place, problems);
    return deployment;
  },
  schema: { anyOf: [strategy.schema, settings.schema] },
};

function deploymentOf(word: Strategy, found: Written): Deployment {
  const bakeMinutes = found.bake?.value ?? DEPLOY_DEFAULTS.bakeMinutes;
  switch (word) {
    case 'rolling':
      return {
        kind: 'rolling',
        minHealthyPercent: found.min_healthy?.value ?? DEPLOY_DEFAULTS.rolling.minHealthyPercent,
        maxPercent: found.max?.value ?? DEPLOY_DEFAULTS.rolling.maxPercent,
      };
    case 'recreate':
      return { kind: 'recreate' };
    case 'blue-green':
      return { kind: 'blue-green', bakeMinutes };
    case 'canary':
    case 'linear':
      return {
        kind: word,
        percent: found.percent?.value ?? DEPLOY_DEFAULTS[word].percent,
        stepMinutes: found.step?.value ?? DEPLOY_DEFAULTS[word].stepMinutes,
        bakeMinutes,
      };
  }
}

function refuseForeign(found: Written, word: Strategy, problems: Problems): void {
  for (const name of ['percent', 'step', 'bake', 'min_healthy', 'max'] as const) {
    const written = found[name];
    if (written === undefined || SETTINGS[word].includes(name)) continue;
    problems.error('deploy-setting', written.place, `\`${name}\` is not a setting of a ${word} deployment`, {
      given: name,
      allowed: SETTINGS[word].length === 0 ? 'no settings' : SETTINGS[word].join(', '),
      hint: `remove \`${name}\`, or choose another strategy`,
    });
  }
}

function refuseUnworkable(deployment: Deployment, found: Written, place: Place, problems: Problems): void {
  if (deployment.kind === 'rolling' && deployment.minHealthyPercent === 100 && deployment.maxPercent === 100) {
    problems.error(
      'deploy-stuck',
      found.max?.place ?? place,
      'this deployment could neither start a new task nor stop an old one',
      {
        given: 'min_healthy 100, max 100',
        hint: 'raise `max` to 200, or lower `min_healthy`',
      },
    );
  }
  if (deployment.kind === 'linear' && deployment.percent < 3) {
    problems.error(
      'deploy-linear-percent',
      found.percent?.place ?? place,
      'a linear deployment moves at least 3 percent a step',
      {
        given: `${deployment.percent}`,
        allowed: '3-100',
        hint: 'write a larger `percent`, or use `canary`',
      },
    );
  }
}
