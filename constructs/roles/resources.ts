import type { App } from '../../lib/model/app.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import type { TaskProcess } from '../task-definition/environment.js';
import { executionRole } from './execution-role.js';
import { taskRole } from './task-role.js';

/** The two roles of an app's tasks. */
export function roleResources(app: App, platform: Platform, processes: readonly TaskProcess[]): Resource[] {
  return [executionRole(app, platform, processes), taskRole(app, platform, processes)];
}
