import { Failure } from '../../failure.js';
import type { Rehearsal } from '../../rehearsal/index.js';
import { renderHeadline } from '../../view/headline.js';
import { openEnvironment } from './environment.js';
import type { SharedFlags } from './flags.js';
import { openWindows } from './windows.js';

/** The rehearsed account of this repository, for the commands that look into it or change it; says on stderr which it is. */
export async function openRehearsed(flags: SharedFlags): Promise<Rehearsal> {
  const { platform, environment, repository } = openEnvironment(flags);
  const windows = await openWindows({ ...flags, rehearse: true }, platform, repository.root);
  if (windows.kind !== 'rehearsal')
    throw new Failure('rehearsal', 'this is not a rehearsal', 'leave out what names a real account', 'rehearsal-not');
  const rehearsal = windows as Rehearsal;
  const { account, region } = rehearsal.world;
  process.stderr.write(renderHeadline('the rehearsed account', { environment, account, region }, 'rehearsal'));
  return rehearsal;
}
