import type { StackStatus } from '../../model/windows.js';
import type { World } from '../world.js';
import { mintUuid } from './mint.js';
import type { SimulatedResource, SimulatedStack } from './state.js';

/** The stack's own status, with its event. */
export function setStackStatus(world: World, stack: SimulatedStack, status: StackStatus, reason = ''): void {
  stack.status = status;
  stack.reason = reason;
  stack.events.push({
    id: mintUuid(world),
    at: world.now,
    resource: stack.name,
    physicalId: stack.id,
    type: 'AWS::CloudFormation::Stack',
    status,
    reason,
    token: stack.operation?.token ?? '',
  });
}

/** The status of a resource, with its event. */
export function setStatus(world: World, stack: SimulatedStack, resource: SimulatedResource, status: string, reason = ''): void {
  resource.status = status;
  resource.reason = reason;
  stack.events.push({
    id: `${resource.id}-${mintUuid(world)}`,
    at: world.now,
    resource: resource.id,
    physicalId: resource.physicalId,
    type: resource.type,
    status,
    reason,
    token: stack.operation?.token ?? '',
  });
}

/** As resource handlers word what went wrong. */
export function handlerReason(world: World, message: string, code: string): string {
  return `Resource handler returned message: "${message}" (RequestToken: ${mintUuid(world)}, HandlerErrorCode: ${code})`;
}
