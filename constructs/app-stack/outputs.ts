import type { Given } from '../../lib/model/given.js';
import type { Json } from '../../lib/model/json.js';
import type { Output } from '../../lib/model/template.js';
import { getAtt, ref, sub } from '../resource.js';
import { serviceId } from '../service/resources.js';
import { type TaskProcess, taskDefinitionId } from '../task-definition/resources.js';

/** What programs may ask the stack. Those that would be empty are left out. */
export function outputsOf(processes: readonly TaskProcess[], url: Given<Json>, privateName: Given<Json>): Output[] {
  const services = processes.filter(({ kind }) => kind === 'service');
  return [
    { id: 'Release', value: ref('Release'), description: 'Number of the release' },
    ...listed('Services', services, serviceId, 'Services by process'),
    ...listed('TaskDefinitions', processes, taskDefinitionId, 'Task definitions by process'),
    ...named('Url', url, 'Where web answers'),
    ...named('PrivateName', privateName, 'Name of web inside the VPC'),
    { id: 'LogGroup', value: ref('LogGroup'), description: 'Log group' },
    ...(processes.length === 0
      ? []
      : [{ id: 'SecurityGroup', value: getAtt('AppSecurityGroup', 'GroupId'), description: 'Security group of the tasks' }]),
  ];
}

/** `web=<arn>,worker=<arn>` */
function listed(id: string, processes: readonly TaskProcess[], idOf: (process: string) => string, description: string): Output[] {
  if (processes.length === 0) return [];
  return [{ id, value: sub(processes.map(({ name }) => `${name}=\${${idOf(name)}}`).join(',')), description }];
}

const named = (id: string, value: Given<Json>, description: string): Output[] =>
  value.kind === 'given' ? [{ id, value: value.value, description }] : [];
