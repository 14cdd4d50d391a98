import { expect } from 'chai';
import { PlatformReferences } from '../../constructs/platform-references.js';
import { publishedParameters } from '../../constructs/platform-stack/published.js';
import type { Json } from '../../lib/model/json.js';
import { goldenCases, goldenFiles } from '../support/golden.js';
import { platformGoldens } from '../support/platform-golden.js';

/** Everything that a template of an app can ask the platform for: each method of the references, with what it may be given. */
const ASKS: readonly ((references: PlatformReferences) => Json)[] = [
  (references) => references.vpcId(),
  (references) => references.vpcCidr(),
  (references) => references.publicSubnets(),
  (references) => references.privateSubnets(),
  (references) => references.taskSubnets(),
  (references) => references.appTasksGroup(),
  (references) => references.clusterName(),
  (references) => references.clusterArn(),
  (references) => references.zoneId(),
];
const SHARED: typeof ASKS = [
  ...['internal-80', 'public-80'].map((name) => (references: PlatformReferences) => references.sharedListener(name)),
  ...(['internal', 'public'] as const).flatMap((scheme) => [
    (references: PlatformReferences) => references.sharedBalancer(scheme, 'dns-name'),
    (references: PlatformReferences) => references.sharedBalancer(scheme, 'zone-id'),
    (references: PlatformReferences) => references.sharedBalancer(scheme, 'security-group'),
    (references: PlatformReferences) => references.sharedBalancerFullName(scheme),
  ]),
];

describe('what the platform publishes', () => {
  it('is everything that apps ask for, by the same names', () => {
    for (const { name, ground } of platformGoldens()) {
      const { platform } = ground;
      const references = new PlatformReferences(platform);
      const asks = [...ASKS, ...(platform.loadBalancers === 'shared' ? SHARED : [])];
      for (const ask of asks) ask(references);
      if (platform.capacity === 'ec2') references.capacityProvider();
      const https = ground.certificate.kind === 'given' || platform.publicZones.length > 0;
      if (platform.loadBalancers === 'shared' && https) references.sharedListener('public-443');
      const asked = references.parameters().map((parameter) => parameter.default);
      const published = publishedParameters(ground).map(({ properties }) => properties['Name']);
      expect(
        asked.filter((each) => !published.includes(each)),
        name,
      ).to.deep.equal([]);
    }
  });

  it('is asked for by every method that the references have', () => {
    const methods = Object.getOwnPropertyNames(PlatformReferences.prototype).filter(
      (method) => !['constructor', 'parameters', 'published'].includes(method),
    );
    const texts = [...ASKS, ...SHARED, (references: PlatformReferences) => references.capacityProvider()].map(String).join();
    expect(methods.filter((method) => !texts.includes(`.${method}(`))).to.deep.equal([]);
  });

  it('has every name that a golden of an app reads', () => {
    const published = new Set(
      platformGoldens().flatMap(({ ground }) =>
        publishedParameters(ground).map(({ properties }) => String(properties['Name']).split('/').at(-1)),
      ),
    );
    const read = goldenCases().flatMap(({ expected }) =>
      [...goldenFiles(expected)].flatMap(([file, text]) => {
        if (!file.endsWith('.template.json')) return [];
        const { Parameters = {} }: { Parameters?: Record<string, { Type: string; Default: string }> } = JSON.parse(text);
        return Object.values(Parameters).flatMap(({ Type, Default }) =>
          Type.startsWith('AWS::SSM::') ? [Default.split('/').at(-1)] : [],
        );
      }),
    );
    expect(new Set(read).size).to.be.greaterThan(10);
    expect([...new Set(read)].filter((name) => !published.has(name))).to.deep.equal([]);
  });

  it('keeps every name for ever', () => {
    const names = new Set(
      platformGoldens().flatMap(({ ground }) =>
        publishedParameters(ground).map(({ properties }) => String(properties['Name']).split('/').at(-1) as string),
      ),
    );
    // Append-only: an older release still asks for these.
    const FIRST = [
      ...['app-tasks-group', 'capacity-provider', 'cluster-name', 'private-subnets', 'public-subnets'],
      ...['vpc-cidr', 'vpc-id', 'zone-id', 'listener-internal-80', 'listener-public-443', 'listener-public-80'],
      ...['dns-name', 'full-name', 'security-group', 'zone-id'].flatMap((what) => [
        `internal-balancer-${what}`,
        `public-balancer-${what}`,
      ]),
    ];
    expect(FIRST.filter((name) => !names.has(name))).to.deep.equal([]);
  });
});
