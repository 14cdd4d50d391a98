import type { RunningTask } from '../../lib/model/running.js';
import { given, NONE } from './model-apps.js';

export const NOW = Date.UTC(2026, 5, 4, 14, 27);

/** A task of web that runs since a minute. */
export const aTask = (change: Partial<RunningTask> = {}): RunningTask => ({
  process: 'web',
  family: 'web',
  origin: 'service',
  id: '217e2ddd0b1c4d5e8f90a1b2c3d4e5f6',
  arn: 'arn:aws:ecs:us-east-1:123456789012:task/empire-default/217e2ddd0b1c4d5e8f90a1b2c3d4e5f6',
  introducedIn: given(2),
  inRelease: given(5),
  status: 'RUNNING',
  health: 'UNKNOWN',
  failed: false,
  why: '',
  size: { cpu: 128, memoryMiB: 20, nproc: 0, name: '128-20mb' },
  command: 'acme-inc server',
  createdAt: NOW - 80_000,
  startedAt: given(NOW - 65_000),
  stoppedAt: NONE,
  exitCode: NONE,
  zone: given('us-east-1a'),
  ...change,
});
