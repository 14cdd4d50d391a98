import type { NewFile } from './new-app.js';

/** Which GitHub Actions workflow `init` writes. */
export type Continuous = 'empire' | 'cdk' | 'none';

/** The workflow file, or nothing. */
export function workflowFiles(kind: Continuous): NewFile[] {
  if (kind === 'none') return [];
  const [name, text] = kind === 'empire' ? ['empire', EMPIRE] : ['empire-cdk', CDK];
  return [{ name: `.github/workflows/${name}.yml`, text }];
}

/**
 * What both begin with. Keys come from AWS for each run (OpenID Connect), so none is stored. A pull request from a fork has no
 * identity, so it is compiled and not planned.
 */
const head = (name: string): string => `name: ${name}

# Set these variables of the repository (Settings, Secrets and variables, Actions, Variables):
#   AWS_REGION           where the apps run
#   EMPIRE_PLAN_ROLE     ARN of a role that may read and plan: for pull requests
#   EMPIRE_DEPLOY_ROLE   ARN of a role that may deploy: for the main branch
on:
  pull_request:
  push:
    branches: [main]

permissions:
  contents: read

`;

const checkout = (role: string): string => `      - uses: actions/checkout@v5
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      - run: npm ci
${
  role === ''
    ? ''
    : `      - uses: aws-actions/configure-aws-credentials@v5
        with:
          role-to-assume: \${{ vars.${role} }}
          aws-region: \${{ vars.AWS_REGION }}
`
}`;

const OURS = 'github.event.pull_request.head.repo.full_name == github.repository';

/** One deploy after the other, by the role that may; what it runs comes after. */
const DEPLOY = `  deploy:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    permissions:
      contents: read
      id-token: write        # keys for AWS, made for this run
    concurrency:
      group: empire-deploy
      cancel-in-progress: false
    steps:
${checkout('EMPIRE_DEPLOY_ROLE')}`;

const EMPIRE = `${head('empire')}jobs:
  compile:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
${checkout('')}      - name: Compile every app, and refuse a stale ingress.lock
        run: npx empire synth

  plan:
    if: github.event_name == 'pull_request' && ${OURS}
    needs: compile
    runs-on: ubuntu-latest
    permissions:
      contents: read
      id-token: write        # keys for AWS, made for this run
      pull-requests: write   # the comment with the plan
    concurrency:
      group: empire-plan-\${{ github.event.pull_request.number }}
      cancel-in-progress: true
    steps:
${checkout('EMPIRE_PLAN_ROLE')}      - name: Can the affected apps be deployed?
        run: npx empire check --changed="$BASE"
        env:
          BASE: origin/\${{ github.base_ref }}
      - name: What would a deploy do?
        run: npx empire diff --changed="$BASE" --markdown > plan.md
        env:
          BASE: origin/\${{ github.base_ref }}
      - name: Comment the plan
        run: gh pr comment "$NUMBER" --body-file plan.md --edit-last --create-if-none
        env:
          NUMBER: \${{ github.event.pull_request.number }}
          GH_TOKEN: \${{ github.token }}

${DEPLOY}      - name: Deploy what changed
        run: npx empire deploy --changed="$BEFORE"
        env:
          BEFORE: \${{ github.event.before }}
`;

const CDK = `${head('empire-cdk')}jobs:
  plan:
    if: github.event_name == 'pull_request' && ${OURS}
    runs-on: ubuntu-latest
    permissions:
      contents: read
      id-token: write        # keys for AWS, made for this run
    steps:
${checkout('EMPIRE_PLAN_ROLE')}      - name: Compile every app, and refuse a stale ingress.lock
        run: npx empire synth
      - name: What would a deploy do?
        run: npx cdk diff --method=template   # EMPIRE_PLAN_ROLE may make no change set

${DEPLOY}      # Not the platform: EMPIRE_DEPLOY_ROLE may not touch it. A person deploys it, first and when its file changed
      # (\`npx cdk deploy empire-platform\`). With another PREFIX in the platform file its stack has another name.
      - name: Deploy every app
        run: npx cdk deploy '!empire-platform' --exclusively --require-approval never
`;
