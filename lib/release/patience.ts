import { isTransient } from '../failure.js';
import type { Engine } from './engine.js';

/** Pauses between attempts, milliseconds. The windows have tried for a while themselves before they give up. */
const PAUSES = [1_000, 2_000, 4_000, 8_000];

/**
 * Tries again what failed for a reason that may pass by itself. Only for calls that may be carried out twice: an attempt whose answer
 * was lost may have done its work.
 */
export async function patiently<T>(engine: Pick<Engine, 'windows'>, action: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await action();
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
    await engine.windows.clock.sleep(pause);
  }
  return await action();
}
