import type { Json, JsonObject } from '../model/json.js';
import { objectAt } from '../plan/template-json.js';
import { idsOfType, propertiesOf } from './template-references.js';

/** Seconds that the slowest service of a template spends on moving its traffic, however healthy it is: no reason to give it up. */
export function shiftSeconds(template: JsonObject): number {
  const minutes = idsOfType(template, 'AWS::ECS::Service').map((id) =>
    shiftMinutes(objectAt(propertiesOf(template, id)['DeploymentConfiguration'])),
  );
  return 60 * Math.max(0, ...minutes);
}

function shiftMinutes(deployment: JsonObject): number {
  const bake = numberAt(deployment['BakeTimeInMinutes']);
  const canary = objectAt(deployment['CanaryConfiguration']);
  const linear = objectAt(deployment['LinearConfiguration']);
  switch (deployment['Strategy']) {
    case 'BLUE_GREEN':
      return bake;
    case 'CANARY':
      return bake + numberAt(canary['CanaryBakeTimeInMinutes']);
    case 'LINEAR':
      return bake + stepsOf(numberAt(linear['StepPercent'])) * numberAt(linear['StepBakeTimeInMinutes']);
    default:
      return 0;
  }
}

/** Pauses between the steps. */
const stepsOf = (percent: number): number => (percent > 0 ? Math.ceil(100 / percent) - 1 : 0);

const numberAt = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);
