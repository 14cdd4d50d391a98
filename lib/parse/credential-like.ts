/** Token prefixes that their makers document; what follows is at least 10 characters. */
const TOKEN =
  /^(?:gh[oprsu]_|github_pat_|glpat-|xox[abeoprs]-|sk_live_|rk_live_|whsec_|sk-ant-|sk-proj-|SG\.|AIza|npm_|pypi-|hf_|dop_v1_|shpat_|dckr_pat_|NRAK-|EAAA|rubygems_|lin_api_|figd_)[A-Za-z0-9_.-]{10}/;

/** What a value looks like when it looks like a credential, else undefined. */
export function credentialLike(name: string, value: string): string | undefined {
  if (/(?:^|[^A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?:$|[^A-Z0-9])/.test(value)) return 'an AWS access key';
  if (/SECRET_?ACCESS_?KEY/i.test(name) && /^[A-Za-z0-9/+]{40}$/.test(value)) return 'an AWS secret access key';
  if (/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/.test(value)) return 'a private key';
  if (TOKEN.test(value)) return 'an access token';
  return hasPassword(value) ? 'a URL with a password' : undefined;
}

/** `scheme://user:password@host`. */
function hasPassword(value: string): boolean {
  for (let at = value.indexOf('://'); at !== -1; at = value.indexOf('://', at + 3)) {
    const authority = /^[^/?#\s]{0,1024}/.exec(value.slice(at + 3, at + 1027))?.[0] ?? '';
    const user = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
    const colon = user.indexOf(':');
    if (colon !== -1 && colon < user.length - 1) return true;
  }
  return false;
}
