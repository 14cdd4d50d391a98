import { Failure } from '../../lib/failure.js';
import type { Windows } from '../../lib/model/windows.js';

/** What becomes of one call of the store. */
export type Fate = 'goes through' | 'answer lost' | 'never sent';

const lost = (): Failure => new Failure('s3', 'the connection was reset', 'try again', 'network');

/** Windows whose store loses what it is told to: `fate` is asked before each write. */
export function withLossyStore(windows: Windows, fate: (key: string) => Fate): Windows {
  const { store } = windows;
  const put: typeof store.put = async (bucket, key, body, condition) => {
    const what = fate(key);
    if (what === 'never sent') throw lost();
    const answer = await store.put(bucket, key, body, condition);
    if (what === 'answer lost') throw lost();
    return answer;
  };
  return { ...windows, store: { ...store, put } };
}
