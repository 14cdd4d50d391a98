import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import type { Plan } from '../../lib/model/plan.js';
import { planJson, renderPlan, renderPlanMarkdown, summarizePlan } from '../../lib/view/plan.js';
import { ACME, type Files, planFiles } from '../support/planned.js';

const LOOK = { colour: false, width: 110 };

/** What people change, and the screen that says it: `plans/<name>.txt`, and `.md` for the review comment. */
const CASES: Readonly<Record<string, readonly [Files | undefined, Files]>> = {
  'new-app': [undefined, ACME],
  nothing: [ACME, ACME],
  'image-and-scale': [ACME, { ...ACME, image: 'remind101/acme-inc:v2\n', scale: 'web=1\nworker=2\n' }],
  variables: [ACME, { ...ACME, env: 'RACK_ENV=production\nDATABASE_URL=postgres://acme:hunter2@db/acme\n' }],
  secrets: [ACME, { ...ACME, secrets: 'A=ssm:/empire/default/acme-inc/A\nB=secretsmanager:billing/b\n' }],
  'public-name': [ACME, { ...ACME, domains: 'www.example.com\n' }],
  'shared-balancers': [ACME, { ...ACME, platform: 'LOAD_BALANCERS=shared\n' }],
  'process-gone': [ACME, { ...ACME, Procfile: 'web: acme-inc server\n', scale: 'web=1\n' }],
  policy: [
    ACME,
    { ...ACME, policy: '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}' },
  ],
};

describe('a plan on the screen and in a review', () => {
  for (const [name, [before, after]] of Object.entries(CASES)) {
    it(`of ${name.replaceAll('-', ' ')}`, async () => {
      const plan = await planFiles(before, after);
      golden(`${name}.txt`, renderPlan(plan, LOOK));
      golden(`${name}.md`, renderPlanMarkdown(plan, 'acme-inc'));
    });
  }
});

/** GOLDEN=1 writes what is now first. */
function golden(name: string, actual: string): void {
  const path = join('test/view/plans', name);
  if (process.env['GOLDEN']) writeFileSync(path, actual);
  expect(actual).to.equal(readFileSync(path, 'utf8'));
}

describe('a plan in colours', () => {
  it('marks what goes and what needs an eye', async () => {
    const plan = await planFiles(ACME, {
      ...ACME,
      Procfile: 'web: acme-inc server\n',
      scale: 'web=1\n',
      domains: 'a.example.com\n',
    });
    const text = renderPlan(plan, { colour: true, width: 110 });
    expect(text).to.contain('\u001b[33m! broader network: web can be reached from the internet\u001b[39m');
    expect(text).to.contain('  \u001b[31m-\u001b[39m WorkerService');
    expect(stripVTControlCharacters(text)).to.equal(renderPlan(plan, LOOK));
  });
});

describe('a plan in one line', () => {
  const summary = async (before: Files | undefined, after: Files): Promise<string> =>
    summarizePlan(await planFiles(before, after));

  it('says what restarts and why, and what is scaled', async () => {
    const after = { ...ACME, Procfile: 'web: acme-inc server -v\nworker: acme-inc worker\n', scale: 'web=1\nworker=2\n' };
    expect(await summary(ACME, after)).to.equal(
      'web restarts (command acme-inc server → acme-inc server -v), worker is scaled 1 → 2; about 90 s',
    );
  });

  it('says once what several do', async () => {
    expect(await summary(ACME, { ...ACME, image: 'remind101/acme-inc:v2\n' })).to.equal(
      'web and worker restart (image v1 → v2); about 90 s',
    );
  });

  it('says what is new and what goes', async () => {
    const report = `${ACME['Procfile']}report:\n  command: acme-inc report\n  cron: "0 6 * * *"\n`;
    expect(await summary(ACME, { ...ACME, Procfile: report })).to.equal('report is new; about 30 s');
    expect(await summary({ ...ACME, Procfile: report }, ACME)).to.equal('report is removed; about 10 s');
  });

  it('says that only the ground changes', async () => {
    const policy = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}';
    expect(await summary(ACME, { ...ACME, policy })).to.equal('TaskRole changes; about 10 s');
  });
});

const NONE = { kind: 'none' } as const;

/** A plan with one image change. */
const imagePlan = (before: string, after: string): Plan => ({
  kind: 'update',
  processes: [{ name: 'web', change: 'changed', restarts: true, changes: [{ kind: 'image', container: 'web', before, after }] }],
  resources: [],
  parameters: [],
  findings: [],
  predictedSeconds: 240,
  unpredicted: [],
});

describe('a change of an image', () => {
  const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
  const said = (before: string, after: string): string => summarizePlan(imagePlan(before, after)).replace('; about 4 min', '');

  it('shows only what differs', () => {
    expect(said(`acme:v1@${digest('a')}`, `acme:v2@${digest('b')}`)).to.equal('web restarts (image v1 → v2)');
    expect(said(`acme:latest@${digest('a')}`, `acme:latest@${digest('b')}`)).to.equal(
      'web restarts (image latest, sha256:aaaaaaa → sha256:bbbbbbb)',
    );
    expect(said(`acme@${digest('a')}`, `acme@${digest('b')}`)).to.equal('web restarts (image sha256:aaaaaaa → sha256:bbbbbbb)');
    expect(said('acme:v1', 'host:5000/acme:v1')).to.equal('web restarts (image acme:v1 → host:5000/acme:v1)');
  });
});

describe('a plan in a comment', () => {
  it('is no markup and mentions nobody, whatever a manifest says', () => {
    const plan: Plan = {
      ...imagePlan('acme:v1', 'acme:v2'),
      processes: [
        {
          name: 'web',
          change: 'changed',
          restarts: true,
          changes: [{ kind: 'command', before: 'a', after: '`` | <img src=x> @octocat\nb' }],
        },
      ],
      resources: [
        {
          id: 'WebTaskDefinition',
          type: 'AWS::ECS::TaskDefinition',
          process: 'web',
          action: 'modify',
          replacement: 'replace',
          retained: false,
          place: NONE,
          properties: [
            {
              path: 'Command',
              before: NONE,
              after: { kind: 'given', value: '```\n# escaped' },
              replacement: 'replace',
              place: NONE,
            },
          ],
        },
      ],
    };
    const text = renderPlanMarkdown(plan, 'acme-inc');
    expect(text).to.contain('| `web` | restarts | command ```a → `` \\| <img src=x> @octocat b``` |');
    expect(text).to.contain('````diff\n');
    expect(text).to.contain('"```\\n# escaped"');
    expect(text.split('\n').filter((line) => line.startsWith('````'))).to.have.length(2);
  });
});

describe('a plan for programs', () => {
  it('has null where nothing is, and says the same in one line', async () => {
    const plan = JSON.parse(JSON.stringify(planJson(await planFiles(ACME, { ...ACME, scale: 'web=1\nworker=2\n' }))));
    expect(plan).to.deep.equal({
      kind: 'update',
      summary: 'worker is scaled 1 → 2; about 45 s',
      predictedSeconds: 45,
      unpredicted: [],
      processes: [
        { process: 'worker', change: 'changed', restarts: false, changes: [{ kind: 'count', before: '1', after: '2' }] },
      ],
      resources: [
        {
          id: 'WorkerService',
          type: 'AWS::ECS::Service',
          process: 'worker',
          action: 'modify',
          replacement: 'none',
          retained: false,
          place: 'apps/acme-inc/Procfile:2:1',
          properties: [{ path: 'DesiredCount', before: 1, after: 2, replacement: 'none', place: 'apps/acme-inc/scale:2:8' }],
        },
      ],
      parameters: [],
      findings: [],
    });
  });
});
