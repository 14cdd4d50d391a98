import type { RehearsalWorld } from '../gate.js';
import { nextId } from './identifiers.js';
import type { SimulatedService } from './state.js';

/** DescribeServices shows the newest hundred. */
const KEPT = 100;

/**
 * Says something in the service's events. All messages begin with the service.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function say(world: RehearsalWorld, service: SimulatedService, message: string): void {
  const event = { id: nextId(world, 'event'), at: world.now, message: `(service ${service.name}) ${message}` };
  service.events = [event, ...service.events].slice(0, KEPT);
}

export const listTasks = (ids: readonly string[]): string => ids.map((id) => `(task ${id})`).join(' ');

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html#service-event-messages-capacity */
export const NO_CAPACITY = 'Capacity is unavailable at this time. Please try again later or in a different availability zone.';

export const MORE = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

/** Looks at the service at this time, if not before. */
export function lookAgain(service: SimulatedService, at: number): void {
  service.lookAt = Math.min(service.lookAt ?? at, at);
}
