import { logicalId, processPointer } from '../resource.js';
import { type HttpProcess, isHttps, isWildcard } from './exposed.js';
import { publicGroupId } from './groups.js';
import { conditionGroups, shortHash } from './names.js';
import { at, type IngressRule, testRule } from './rule.js';

/** One rule per public name and listener, so that a name comes and goes without touching another. */
export function publicRules(process: HttpProcess): IngressRule[] {
  const word = logicalId(process.name);
  return process.exposure.domains.flatMap((domain) => {
    const shape = {
      rank: isWildcard(domain) ? ('wildcard' as const) : ('exact' as const),
      process: process.name,
      condition: { hosts: [domain.name], test: false },
      from: [processPointer(process.name, 'exposure', 'domains', domain.name)],
      active: true,
    };
    const port = isHttps(domain) ? 443 : 80;
    const hash = shortHash(domain.name);
    const forward: IngressRule = {
      ...shape,
      ...at('public', port),
      id: `${word}Rule${hash}`,
      action: { kind: 'forward', group: publicGroupId(process), shifts: false },
    };
    return isHttps(domain) ? [forward, redirect(shape, word, hash)] : [forward];
  });
}

const redirect = (
  shape: Omit<IngressRule, 'id' | 'action' | 'scheme' | 'port' | 'listener'>,
  word: string,
  hash: string,
): IngressRule => ({
  ...shape,
  ...at('public', 80),
  id: `${word}Redirect${hash}`,
  action: { kind: 'redirect' },
});

/** ECS moves the weights of one rule per target group, so names share rules: one per listener and rank, and a group for each. */
export function shiftingPublicRules(process: HttpProcess): IngressRule[] {
  const word = logicalId(process.name);
  const { domains } = process.exposure;
  const redirects = publicRules(process).filter(({ action }) => action.kind === 'redirect');
  const productions = ([443, 80] as const).flatMap((port) =>
    (['exact', 'wildcard'] as const).flatMap((rank) => {
      const names = domains
        .filter((domain) => (isHttps(domain) ? 443 : 80) === port && (isWildcard(domain) ? 'wildcard' : 'exact') === rank)
        .map(({ name }) => name);
      return conditionGroups(names).map((hosts, index): IngressRule => {
        const key = `${port}${rank === 'wildcard' ? 'Wildcard' : ''}${index === 0 ? '' : `n${index + 1}`}`;
        return {
          ...at('public', port),
          id: `${word}PublicProductionRule${key}`,
          rank,
          process: process.name,
          condition: { hosts, test: false },
          action: { kind: 'forward', group: publicGroupId(process, key), shifts: true },
          from: hosts.map((name) => processPointer(process.name, 'exposure', 'domains', name)),
          active: true,
        };
      });
    }),
  );
  return [...redirects, ...productions.flatMap((rule) => [rule, testRule(rule)])];
}
