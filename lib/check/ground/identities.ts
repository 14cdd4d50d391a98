import type { GroundRule } from './input.js';
import { Piece } from './input.js';

/** The permissions boundary is there: without it CloudFormation makes no role, of the platform or of an app. */
export const boundary: GroundRule = {
  name: 'permissions-boundary',
  run: async (input) => {
    const { permissionsBoundary: given } = input.ground.platform;
    if (given.kind === 'none') return [];
    const piece = new Piece(input, 'permissions-boundary', 'PERMISSIONS_BOUNDARY', given.value);
    const owner = ownerOf(given.value);
    if (owner !== 'aws' && owner !== input.caller.account) return [piece.misfit(...foreign(owner, input.caller.account, piece))];
    if (await input.windows.roles.policyExists(given.value)) return [piece.fits('there')];
    return [piece.missing('there is no such policy')];
  },
};

/** The identity provider of GitHub is there, and its tokens are for AWS. */
export const githubProvider: GroundRule = {
  name: 'github-provider',
  run: async (input) => {
    const { github } = input.ground;
    const given = github.kind === 'given' ? github.value.provider : github;
    if (given.kind === 'none') return [];
    const piece = new Piece(input, 'github-provider', 'GITHUB_PROVIDER', given.value);
    const { account, partition } = input.caller;
    const owner = ownerOf(given.value);
    if (owner !== account) return [piece.misfit(...foreign(owner, account, piece))];
    const found = await input.windows.roles.providerAudiences(given.value);
    if (found.kind === 'none') return [piece.missing('there is no such identity provider')];
    const audience = `sts.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
    if (found.value.includes(audience)) return [piece.fits(`for ${audience}`)];
    const add = `aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${given.value} --client-id ${audience}`;
    const who = found.value.length === 0 ? 'nobody' : found.value.join(', ');
    return [piece.misfit(`its tokens are for ${who}, not for ${audience}`, `add it: \`${add}\``)];
  },
};

/** IAM takes what is of the same account, or a policy of AWS itself. */
const ownerOf = (arn: string): string => arn.split(':')[4] ?? '';

const foreign = (owner: string, account: string, { written }: Piece): [string, string] => [
  `it is of ${owner}, and the platform of ${account}: IAM takes only its own account's`,
  `write the ARN of one of ${account} into ${written}`,
];
