import type { Rehearsal } from '../../rehearsal/index.js';
import type { RehearsedAccount } from '../../view/rehearsal.js';
import { scriptedStep } from './scripted-step.js';

/** What is in the account at this moment of its clock. */
export function readRehearsal(rehearsal: Rehearsal): RehearsedAccount {
  return rehearsal.look(({ state }) => {
    const { stacks, services, script } = state;
    return {
      now: state.now,
      stacks: stacks.stacks
        .filter(({ status }) => status !== 'DELETE_COMPLETE')
        .map(({ name, status, outputs }) => ({ name, status, release: outputs['Release'] ?? '-' })),
      services: Object.values(services.services)
        .filter(({ status }) => status !== 'INACTIVE')
        .map((service) => ({
          name: service.name,
          definition: lastSegment(service.deployments[0]?.definition ?? '-'),
          wanted: service.desired,
          running: Object.values(services.tasks).filter((task) => task.service === service.arn && task.status === 'RUNNING')
            .length,
        })),
      tasks: Object.values(services.tasks)
        .filter(({ status }) => status !== 'STOPPED')
        .map(({ id, definition, status, behaviour, createdAt }) => ({
          id,
          definition: lastSegment(definition),
          status,
          behaviour,
          createdAt,
        })),
      script: script.rules.map(({ at, step }) => ({ at, step: JSON.stringify(scriptedStep(step)) })),
      removed: script.removed,
      capacity: !script.noCapacity,
    };
  });
}

const lastSegment = (arn: string): string => arn.split('/').at(-1) ?? arn;
