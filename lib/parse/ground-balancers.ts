import type { Problems } from '../problems.js';
import { listenersOf } from './ground-listeners.js';
import { defaultOf } from './platform-keys.js';
import type { PlatformValue, PlatformValues } from './platform-read.js';

const SCHEMES = ['INTERNAL', 'PUBLIC'] as const;
type Scheme = (typeof SCHEMES)[number];

/** What has to be known of an existing load balancer: nothing is looked up. */
const keysOf = (scheme: Scheme): string[] => [
  `${scheme}_LISTENERS`,
  ...['DNS', 'ZONE', 'GROUP'].map((part) => `${scheme}_BALANCER_${part}`),
];

/** Keys about load balancers: only with shared ones, and all that is needed of an existing one. */
export function checkBalancers(values: PlatformValues, problems: Problems): void {
  if ((values.get('LOAD_BALANCERS')?.text ?? defaultOf('LOAD_BALANCERS')) !== 'shared') {
    for (const name of [...SCHEMES.flatMap(keysOf), 'CERTIFICATE']) refusePerApp(values.get(name), problems);
    return;
  }
  for (const scheme of SCHEMES) {
    checkComplete(values, keysOf(scheme), problems);
    checkListeners(values, scheme, problems);
  }
  checkOneEach(values, problems);
  checkCertificate(values, problems);
}

function refusePerApp(key: PlatformValue | undefined, problems: Problems): void {
  if (key === undefined) return;
  problems.error('platform-shared-only', key.place, `\`${key.name}\` is for shared load balancers, and each app has its own`, {
    given: key.text,
    hint: `write \`LOAD_BALANCERS=shared\`, or remove \`${key.name}\``,
  });
}

function checkComplete(values: PlatformValues, keys: readonly string[], problems: Problems): void {
  const [first] = keys.flatMap((name) => values.get(name) ?? []);
  if (first === undefined) return;
  for (const name of keys.filter((each) => !values.has(each))) {
    problems.error('platform-balancer-incomplete', first.place, `\`${first.name}\` needs \`${name}\` beside it`, {
      allowed: `all of ${keys.join(', ')}, or none of them`,
      hint: `write \`${name}\` of that load balancer`,
    });
  }
}

function checkListeners(values: PlatformValues, scheme: Scheme, problems: Problems): void {
  const written = values.get(`${scheme}_LISTENERS`);
  if (written === undefined) return;
  const listeners = listenersOf(written);
  const ports = listeners.map(({ port }) => port);
  const needed = ['80', ...(scheme === 'PUBLIC' && values.has('PUBLIC_ZONES') ? ['443'] : [])];
  const twice = ports.find((port, index) => ports.indexOf(port) !== index);
  const missing = needed.find((port) => !ports.includes(port));
  const wrong =
    twice !== undefined ? `has port ${twice} twice` : missing !== undefined ? `has no listener on port ${missing}` : undefined;
  if (wrong !== undefined) {
    problems.error('platform-listener-ports', written.place, `\`${written.name}\` ${wrong}`, {
      given: `ports ${ports.join(', ')}`,
      allowed: `each port once, ${needed.join(' and ')} among them`,
      hint:
        missing === '443' ? 'names in `PUBLIC_ZONES` are HTTPS: add the listener on port 443' : 'correct the list of listeners',
    });
  }
  if (new Set(listeners.map(({ balancer }) => balancer)).size < 2) return;
  problems.error('platform-listener-balancers', written.place, `\`${written.name}\` has listeners of two load balancers`, {
    given: [...new Set(listeners.map(({ balancer }) => balancer))].join(', '),
    allowed: 'listeners of one application load balancer',
    hint: 'keep those of one load balancer',
  });
}

/** A load balancer is internal or public; it cannot be both. */
function checkOneEach(values: PlatformValues, problems: Problems): void {
  const inside = new Set(listenersOf(values.get('INTERNAL_LISTENERS')).map(({ balancer }) => balancer));
  const outside = values.get('PUBLIC_LISTENERS');
  const both = listenersOf(outside).find(({ balancer }) => inside.has(balancer));
  if (outside === undefined || both === undefined) return;
  problems.error('platform-balancer-twice', outside.place, 'one load balancer cannot be the internal one and the public one', {
    given: both.balancer,
    hint: 'write the listeners of the internet-facing load balancer here, or remove the `PUBLIC_` keys to have one made',
  });
}

function checkCertificate(values: PlatformValues, problems: Problems): void {
  const certificate = values.get('CERTIFICATE');
  if (certificate === undefined || !values.has('PUBLIC_LISTENERS')) return;
  problems.error(
    'platform-certificate-adopted',
    certificate.place,
    '`CERTIFICATE` is for a public load balancer that is made, and `PUBLIC_LISTENERS` names those of an existing one',
    { given: certificate.text, hint: 'remove `CERTIFICATE`: the existing listener has its own' },
  );
}
