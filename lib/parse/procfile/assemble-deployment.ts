import type { Deployment, Exposure } from '../../model/app.js';
import type { Draft } from './assemble-context.js';
import { DEPLOY_DEFAULTS } from './key-deploy.js';

/** How a release replaces the tasks. Shifting traffic needs a balancer that can weigh requests. */
export function assembleDeployment({ process, problems }: Draft, exposure: Exposure): Deployment {
  const written = process.keys.deploy;
  if (written === undefined) return { kind: 'rolling', ...DEPLOY_DEFAULTS.rolling };
  const shifts = written.value.kind !== 'rolling' && written.value.kind !== 'recreate';
  if (shifts && exposure.kind !== 'http') {
    problems.error(
      'deploy-needs-http',
      written.place,
      `\`${written.value.kind}\` shifts traffic, and \`${process.name}\` has no http port`,
      {
        given: written.value.kind,
        allowed: 'rolling, recreate',
        hint: 'write `deploy: rolling`, or give the process an http port',
      },
    );
  }
  return written.value;
}
