import { expect } from 'chai';
import type { StackState, Windows } from '../../lib/model/windows.js';
import { readApps } from '../../lib/observe/index.js';
import { given, NONE } from '../support/model-apps.js';
import { AT, service, WEB_SERVICE } from '../support/recorded.js';

const stack = (name: string, changes: Partial<StackState> = {}): StackState => ({
  id: `arn:${name}`,
  name,
  status: 'UPDATE_COMPLETE',
  reason: NONE,
  parameters: [{ name: 'Release', value: 'v12', resolved: NONE }],
  outputs: { Release: 'v12', Services: `web=${WEB_SERVICE}` },
  createdAt: AT,
  updatedAt: given(AT + 60_000),
  ...changes,
});

const windows = (...stacks: StackState[]): Windows =>
  ({
    stacks: { list: async (prefix: string) => stacks.filter(({ name }) => name.startsWith(prefix)) },
    services: { services: async () => [service({ desired: 3, running: 1 })] },
  }) as unknown as Windows;

describe('the apps that run', () => {
  it('are the stacks of an environment, with their release and their counts', async () => {
    expect(await readApps(windows(stack('empire-acme-inc')), 'empire', 'default')).to.deep.equal([
      {
        name: 'acme-inc',
        stack: 'empire-acme-inc',
        status: 'UPDATE_COMPLETE',
        release: given(12),
        processes: [{ name: 'web', wanted: 3, running: 1 }],
        changedAt: AT + 60_000,
      },
    ]);
  });

  it('are not the platform, nor of another environment, nor what somebody else made', async () => {
    const found = await readApps(
      windows(
        stack('empire-platform'),
        stack('empire-production--acme-inc'),
        stack('empire-other', { parameters: [] }),
        stack('empire-begun', { status: 'REVIEW_IN_PROGRESS' }),
        stack('empire-zebra'),
        stack('empire-api', { outputs: {} }),
      ),
      'empire',
      'default',
    );
    expect(found.map(({ name, release }) => [name, release.kind])).to.deep.equal([
      ['api', 'none'],
      ['zebra', 'given'],
    ]);
  });

  it('have the environment in the name of their stack', async () => {
    const found = await readApps(windows(stack('empire-production--acme-inc'), stack('empire-acme-inc')), 'empire', 'production');
    expect(found.map(({ name }) => name)).to.deep.equal(['acme-inc']);
  });
});
