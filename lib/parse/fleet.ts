import type { Platform } from '../model/platform.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import type { AppFiles } from './app-files.js';
import { choose } from './overlays.js';

/** An app asks for a public name in one environment. */
export interface Claim {
  readonly name: string;
  readonly app: string;
  readonly environment: string;
  readonly place: Place;
}

/** The public names an app asks for, in the environments where it exists. */
export function claimsOf(files: Pick<AppFiles, 'name' | 'domains'>, exists: readonly string[]): Claim[] {
  return exists.flatMap((environment) => {
    const domains = choose(files.domains, environment)?.loaded.value;
    if (domains?.kind !== 'given') return [];
    return domains.value.map(({ name, place }) => ({ name, app: files.name, environment, place }));
  });
}

/**
 * One public name belongs to one app and one environment, across the whole folder. The claims come in the order of
 * precedence: the first keeps the name, and the problem is shown where a later one is written.
 */
export function checkClaims(claims: readonly Claim[], wanted: (app: string) => boolean, problems: Problems): void {
  const owners = new Map<string, Claim>();
  for (const claim of claims) {
    const owner = owners.get(claim.name);
    if (owner === undefined) owners.set(claim.name, claim);
    else if (wanted(claim.app)) refuseClaim(claim, owner, problems);
  }
}

function refuseClaim(claim: Claim, owner: Claim, problems: Problems): void {
  const { name, app, environment, place } = claim;
  if (owner.app !== app) {
    problems.error('domain-two-apps', place, `\`${name}\` belongs to the app \`${owner.app}\`: ${shown(owner.place)}`, {
      given: name,
      allowed: 'each public name in one app and one environment',
      hint: 'remove one of the two lines',
    });
    return;
  }
  const inherited = shown(owner.place) === shown(place);
  const where = inherited ? 'by the same line' : `: ${shown(owner.place)}`;
  problems.error(
    'domain-two-environments',
    place,
    `\`${name}\` in \`${environment}\` belongs to the environment \`${owner.environment}\`${inherited ? ' ' : ''}${where}`,
    {
      given: name,
      allowed: 'each public name in one app and one environment',
      hint: inherited
        ? `write \`domains.${environment}\` with the names for \`${environment}\`; an empty one means none`
        : 'remove one of the two lines',
    },
  );
}

/** Two environments in one VPC would both answer for one private zone. */
export function checkSharedZones(
  platforms: readonly Platform[],
  place: (environment: string) => Place,
  problems: Problems,
): void {
  const owners = new Map<string, string>();
  for (const { environment, network, zone } of platforms) {
    if (network.kind === 'made') continue;
    const key = `${network.vpcId} ${zone}`;
    const owner = owners.get(key);
    if (owner === undefined) {
      owners.set(key, environment);
      continue;
    }
    problems.error(
      'platform-zone-shared',
      place(environment),
      `\`${environment}\` and \`${owner}\` have one VPC and one private zone`,
      {
        given: `ZONE=${zone}, VPC_ID=${network.vpcId}`,
        allowed: 'a zone of its own for each environment of a VPC',
        hint: `write another \`ZONE\` in \`platform.${environment}\``,
      },
    );
  }
}

const shown = (place: Place): string => (place.kind === 'point' ? `${place.file}:${place.line}` : place.file);
