import type { App, Image } from '../model/app.js';
import type { Given } from '../model/given.js';
import type { JsonObject } from '../model/json.js';
import type { Platform } from '../model/platform.js';
import type { Origins } from '../model/problem.js';
import type { ReleasePlace } from '../model/release.js';
import type { Caller, ResolvedImage, StackState, Windows } from '../model/windows.js';
import { readPlatformValues } from '../observe/index.js';

/** What may be asked of an app. The last three are asked once however many rules need them. */
export interface CheckInput {
  readonly windows: Windows;
  readonly place: ReleasePlace;
  readonly caller: Caller;
  readonly platform: Platform;
  readonly app: App;
  /** Where the app's values were written. */
  readonly origins: Origins;
  readonly stack: () => Promise<Given<StackState>>;
  /** Rejects with `platform-missing`. */
  readonly platformValues: () => Promise<Readonly<Record<string, string>>>;
  readonly image: (image: Image) => Promise<ResolvedImage>;
}

/** What a command already asked, so that the checks do not ask again; nothing of it is needed. */
export interface AlreadyAsked {
  readonly stack?: Promise<Given<StackState>>;
  readonly platformValues?: Promise<Readonly<Record<string, string>>>;
}

/** The questions about an app with the answers that are there already, or on their way. `template` is the compiled one. */
export function checkInput(
  facts: Omit<CheckInput, 'stack' | 'platformValues' | 'image'>,
  template: JsonObject,
  asked: AlreadyAsked = {},
): CheckInput {
  const { windows, place } = facts;
  return {
    ...facts,
    stack: once(() => asked.stack ?? windows.stacks.describe(place.stack)),
    platformValues: once(() => asked.platformValues ?? readPlatformValues(windows, template)),
    image: (image) => windows.registry.resolve(image),
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
