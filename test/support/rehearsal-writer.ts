import { openRehearsal } from '../../lib/rehearsal/index.js';
import { PLATFORM } from './rehearsed-services.js';

/** Claims numbers in a rehearsed account, against whoever else does the same; prints those that it got. */
async function claimNumbers(root: string, name: string, wanted: number): Promise<void> {
  const given = { kind: 'given', value: root } as const;
  const { store } = openRehearsal({ platform: PLATFORM, root: given, speed: Number.POSITIVE_INFINITY, start: { kind: 'none' } });
  // Neither begins before both are there.
  await store.put('bucket', `ready/${name}`, '', { kind: 'always' });
  const ready = () => store.list('bucket', 'ready/', { limit: 2, after: { kind: 'none' } });
  while ((await ready()).objects.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  const mine: number[] = [];
  for (let number = 1; mine.length < wanted; number += 1) {
    const written = await store.put('bucket', `records/${number}`, `${name} ${number}`, { kind: 'absent' });
    if (written.kind === 'written') mine.push(number);
  }
  process.stdout.write(JSON.stringify(mine));
}

const [root = '', name = '', wanted = '0'] = process.argv.slice(2);
void claimNumbers(root, name, Number(wanted));
