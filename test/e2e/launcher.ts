import { join } from 'node:path';
import { standIn } from '../../lib/commands/session/windows.js';
import type { Clock } from '../../lib/model/windows.js';
import { openAws } from '../../lib/windows/aws/index.js';
import { type Moto, motoEnvironment, startMotoOrSkip } from '../support/moto.js';
import { ROOT } from '../support/repository.js';
import { runOnScreen, type Screen } from '../support/transcript.js';

/** moto is slow to begin with, and its SDK warns about this Node; neither is what a test is about. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/**
 * moto with the platform of these environments already there, and its CloudFormation repaired where an app's life needs it (the
 * launcher says what, and why). Skips the suite when moto cannot be had; with CI=true it must be there.
 */
export async function startAccountOrSkip(
  context: Mocha.Context,
  environments: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Moto> {
  const account = await startMotoOrSkip(context, {
    launcher: join(ROOT, 'test/e2e/moto-launcher.py'),
    environment: { EMPIRE_GROUND: environments.join(' '), ...more },
  });
  // moto's tasks take a step each time somebody looks; here they end at once.
  const transition = { model_name: 'ecs::task', transition: { progression: 'immediate' } };
  await fetch(`${account.url}/moto-api/state-manager/set-transition`, { method: 'POST', body: JSON.stringify(transition) });
  return account;
}

/** What is waited for is there at once, so nobody waits long. */
const HURRIED: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / 20)),
};

/** One command line against this account: real clients, real requests. `variables`: whose keys, for example. */
export async function runInAccount(
  account: Moto,
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Screen> {
  const none = { kind: 'none' } as const;
  const given = (value: string) => ({ kind: 'given', value }) as const;
  const restore = standIn(() => ({
    ...openAws({ region: given('us-east-1'), profile: none, endpoint: given(account.url) }),
    clock: HURRIED,
  }));
  try {
    return await runOnScreen(words, { ...motoEnvironment(account), EMPIRE_REHEARSE: '', ...variables });
  } finally {
    restore();
  }
}
