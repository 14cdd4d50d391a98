import type { Ground } from '../model/ground.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { overlap } from './platform-ranges.js';

/** Where a key of an environment is written. */
type Places = (environment: string, key: string) => Place;

/** Refuses environments that are each right and cannot stand beside each other. The first of them keeps what it has. */
export function checkNeighbours(grounds: readonly Ground[], places: Places, problems: Problems): void {
  grounds.forEach((ground, index) => {
    const before = grounds.slice(0, index);
    checkRanges(ground, before, places, problems);
    checkZones(ground, before, places, problems);
    checkProviders(ground, before, places, problems);
  });
}

/**
 * Two ranges that are the same were left as they are, and such networks are never joined. Two that overlap without being the same
 * were meant to be apart.
 */
function checkRanges({ platform }: Ground, before: readonly Ground[], places: Places, problems: Problems): void {
  const { environment, network } = platform;
  const other = before.find(
    (one) => one.platform.network.cidr !== network.cidr && overlap(one.platform.network.cidr, network.cidr),
  );
  if (other === undefined) return;
  problems.error(
    'platform-cidr-overlap',
    places(environment, 'VPC_CIDR'),
    `the addresses of \`${environment}\` overlap those of \`${other.platform.environment}\``,
    {
      given: `${network.cidr}, and ${other.platform.network.cidr} in \`${other.platform.environment}\``,
      allowed: 'ranges without a common address, or exactly the same one for networks that are never joined',
      hint: `write another \`VPC_CIDR\` in \`platform.${environment}\``,
    },
  );
}

/** One hosted zone holds the names of one environment: the names of apps would meet in it. */
function checkZones({ platform, zoneId }: Ground, before: readonly Ground[], places: Places, problems: Problems): void {
  if (zoneId.kind === 'none') return;
  const { environment } = platform;
  const other = before.find((one) => one.zoneId.kind === 'given' && one.zoneId.value === zoneId.value);
  if (other === undefined) return;
  problems.error(
    'platform-zone-id-shared',
    places(environment, 'ZONE_ID'),
    `\`${environment}\` and \`${other.platform.environment}\` have one private zone`,
    {
      given: zoneId.value,
      allowed: 'a zone of its own for each environment',
      hint: `write another \`ZONE_ID\` in \`platform.${environment}\`, or \`unset ZONE_ID\` to have one made`,
    },
  );
}

/** An account has one OIDC provider for GitHub: the second platform in it would be refused by AWS. */
function checkProviders({ platform, github }: Ground, before: readonly Ground[], places: Places, problems: Problems): void {
  const makes = (one: Ground): boolean => one.github.kind === 'given' && one.github.value.provider.kind === 'none';
  if (github.kind === 'none' || github.value.provider.kind === 'given') return;
  const { environment } = platform;
  const other = before.find((one) => makes(one) && accountOf(one) === accountOf({ platform }));
  if (other === undefined) return;
  problems.error(
    'platform-github-twice',
    places(environment, 'GITHUB_REPOSITORY'),
    `\`${environment}\` and \`${other.platform.environment}\` would both make the OIDC provider of one account`,
    {
      given: accountOf({ platform }) === '' ? 'no `ACCOUNT`' : accountOf({ platform }),
      allowed: 'one provider in an account',
      hint: `write the ARN of the first one as \`GITHUB_PROVIDER\` in \`platform.${environment}\`, or the \`ACCOUNT\` of each environment`,
    },
  );
}

const accountOf = ({ platform: { account } }: Pick<Ground, 'platform'>): string =>
  account.kind === 'given' ? account.value : '';
