import { Failure } from '../../failure.js';
import type { PlatformState } from '../../model/platform-state.js';
import { parseFolder } from '../../parse/folder.js';
import { openFolder } from '../../pipeline.js';
import type { Engine } from '../../release/engine.js';
import type { Repository } from '../../windows/working-directory.js';
import type { OutsideFlags } from './flags.js';
import { openOutside, placeOf } from './open.js';

/** How the platform of one environment is. Environments may be in several accounts: one that cannot be asked does not hide the others. */
export async function platformStateOf(repository: Repository, environment: string, flags: OutsideFlags): Promise<PlatformState> {
  const folder = openFolder({ ...repository, environment, only: { kind: 'given', value: [] } });
  const { platform } = parseFolder(folder, environment, { kind: 'given', value: [] });
  if (platform.kind === 'none') return { kind: 'unknown', why: 'its platform file is refused: see `empire lint`' };
  try {
    const { windows, caller } = await openOutside(
      { ...flags, region: platform.value.region.kind === 'given' ? undefined : flags.region },
      platform.value,
      repository.root,
    );
    const place = placeOf(platform.value, 'platform', caller);
    const engine: Engine = { windows, place, report: () => undefined, compiler: '', signal: new AbortController().signal };
    const { readPlatformSituation } = await import('../../release/platform/index.js');
    const { stack, apps, published } = await readPlatformSituation(engine);
    const { account, region } = caller;
    if (stack.kind === 'none' && !published) return { kind: 'absent', account, region };
    if (stack.kind === 'none') return { kind: 'there', account, region, stack, apps };
    const { status, updatedAt, createdAt } = stack.value;
    const changedAt = updatedAt.kind === 'given' ? updatedAt.value : createdAt;
    return { kind: 'there', account, region, stack: { kind: 'given', value: { status, changedAt } }, apps };
  } catch (error) {
    if (error instanceof Failure && error.code === 'account-wrong') return { kind: 'unknown', why: error.what };
    throw error;
  }
}
