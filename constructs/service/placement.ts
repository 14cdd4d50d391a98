import type { Workload } from '../../lib/model/app.js';
import type { Json } from '../../lib/model/json.js';
import { filled } from '../resource.js';

/** `distinctInstance` is a service's; `memberOf` is on the task definition. */
export const serviceConstraints = ({ placementConstraints }: Workload): Json =>
  placementConstraints.filter(({ type }) => type === 'distinctInstance').map(({ type }) => ({ Type: type }));

export const placementStrategies = ({ placementStrategy }: Workload): Json =>
  placementStrategy.map(({ type, field }) => filled({ Type: type, Field: field.kind === 'given' ? field.value : undefined }));
