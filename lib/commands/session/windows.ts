import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { Ground } from '../../model/ground.js';
import type { Platform } from '../../model/platform.js';
import type { Windows } from '../../model/windows.js';
import type { OutsideFlags } from './flags.js';

const given = <T>(value: T | undefined | ''): Given<T> =>
  value === undefined || value === '' ? { kind: 'none' } : { kind: 'given', value };

/** Whether nothing is to be real. */
export function isRehearsed(flags: OutsideFlags): boolean {
  const said = process.env['EMPIRE_REHEARSE'];
  return flags.rehearse || (said !== undefined && !['', '0', 'false', 'no'].includes(said));
}

let stoodIn: (() => Windows) | undefined;

/** For tests: every command of this process gets these windows, until the function that is given back is called. */
export function standIn(open: () => Windows): () => void {
  stoodIn = open;
  return () => {
    stoodIn = undefined;
  };
}

/**
 * The outside of this command line: AWS, or the account that is rehearsed in `.empire/` of the repository, in which what `ground` adopts
 * is there.
 */
export async function openWindows(
  flags: OutsideFlags,
  platform: Platform,
  root: string,
  ground: Given<Ground> = { kind: 'none' },
): Promise<Windows> {
  if (stoodIn !== undefined) return stoodIn();
  const region = chooseRegion(flags, platform);
  if (isRehearsed(flags)) {
    const { openRehearsal } = await import('../../rehearsal/index.js');
    return openRehearsal({ platform: { ...platform, region }, root: given(root), speed: speed(), start: start(), ground });
  }
  const { openAws } = await import('../../windows/aws/index.js');
  return openAws({ region, profile: given(flags.profile), endpoint: given(process.env['AWS_ENDPOINT_URL']) });
}

/**
 * `--region`, then what the platform file says, then AWS_REGION. None: the profile's. The file comes before the surroundings,
 * since the environment lives there and nowhere else; another `--region` is a mistake.
 */
function chooseRegion(flags: OutsideFlags, platform: Platform): Given<string> {
  if (flags.region && platform.region.kind === 'given' && platform.region.value !== flags.region) {
    throw new Failure(
      '--region',
      `the environment \`${platform.environment}\` is in ${platform.region.value}, not in ${flags.region}`,
      'leave out --region, or choose another environment with -e',
      'region-wrong',
    );
  }
  if (flags.region) return given(flags.region);
  return platform.region.kind === 'given'
    ? platform.region
    : given(process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION']);
}

/** EMPIRE_REHEARSE_SPEED: how many rehearsed seconds pass in a real one, or `infinite`. */
function speed(): number {
  const said = process.env['EMPIRE_REHEARSE_SPEED'] || '20';
  const value = said === 'infinite' ? Number.POSITIVE_INFINITY : Number(said);
  if (value > 0) return value;
  throw new Failure(
    'EMPIRE_REHEARSE_SPEED',
    `\`${said}\` is not a speed`,
    'write a number above 0, or `infinite`',
    'usage-rehearse-speed',
  );
}

/** EMPIRE_REHEARSE_START: when a new rehearsal begins, for screens that are the same every time. */
function start(): Given<number> {
  const said = process.env['EMPIRE_REHEARSE_START'];
  if (!said) return { kind: 'none' };
  const value = Date.parse(said);
  if (!Number.isNaN(value)) return { kind: 'given', value };
  throw new Failure(
    'EMPIRE_REHEARSE_START',
    `\`${said}\` is not a time`,
    'write it as 2026-06-04T14:27:00Z',
    'usage-rehearse-start',
  );
}
