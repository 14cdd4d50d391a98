import type { AdoptedBalancer, Ground } from '../../lib/model/ground.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { TLS_POLICY } from '../listener/resources.js';
import { applicationBalancer } from '../load-balancer/resources.js';
import { getAtt, ref } from '../resource.js';
import { subnetIds, vpcId } from './network.js';
import { ground, groundTags } from './resource.js';

type Scheme = 'internal' | 'public';

/** Seconds: the longest that a shared balancer waits for an answer. */
const IDLE_SECONDS = 60;

/** What apps add their rules to: one internal and one public balancer for all, unless they are adopted. */
export function balancerResources(input: Ground): Resource[] {
  if (input.platform.loadBalancers !== 'shared') return [];
  return [
    ...(input.internalBalancer.kind === 'none' ? balancer(input, 'internal') : []),
    ...(input.publicBalancer.kind === 'none' ? [...certificates(input), ...balancer(input, 'public')] : []),
  ];
}

const title = (scheme: Scheme): string => (scheme === 'internal' ? 'Internal' : 'Public');

function balancer(input: Ground, scheme: Scheme): Resource[] {
  const { platform } = input;
  const id = `${title(scheme)}LoadBalancer`;
  const ports = listening(input, scheme);
  return [
    ground({
      id: `${id}SecurityGroup`,
      type: 'AWS::EC2::SecurityGroup',
      properties: {
        GroupDescription: `The shared ${scheme} load balancer`,
        VpcId: vpcId(platform),
        SecurityGroupIngress: ports.flatMap((port) => comingFrom(platform, scheme, port)),
        SecurityGroupEgress: [
          { CidrIp: platform.network.cidr, Description: 'To tasks in the VPC', IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 },
        ],
        Tags: groundTags(platform, `${scheme} load balancer`),
      },
      key: 'LOAD_BALANCERS',
    }),
    ground({
      id,
      type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      properties: {
        Type: 'application',
        Scheme: scheme === 'internal' ? 'internal' : 'internet-facing',
        Subnets: subnetIds(input, scheme === 'internal' ? 'Private' : 'Public'),
        SecurityGroups: [getAtt(`${id}SecurityGroup`, 'GroupId')],
        LoadBalancerAttributes: applicationBalancer(IDLE_SECONDS).attributes as Json,
        Tags: groundTags(platform),
      },
      // AWS refuses a public balancer in a VPC whose gateway is not attached yet.
      dependsOn: scheme === 'public' && platform.network.kind === 'made' ? ['PublicRoute'] : [],
      key: 'LOAD_BALANCERS',
    }),
    ...ports.map((port) => listener(input, scheme, port)),
  ];
}

/** The public one speaks TLS only when there is a certificate to begin with; apps bring their own beside it. */
const listening = (input: Ground, scheme: Scheme): number[] =>
  scheme === 'public' && defaultCertificate(input) !== undefined ? [80, 443] : [80];

function comingFrom(platform: Platform, scheme: Scheme, port: number): JsonObject[] {
  const tcp = { IpProtocol: 'tcp', FromPort: port, ToPort: port };
  if (scheme === 'internal') return [{ ...tcp, CidrIp: platform.network.cidr, Description: 'From the VPC' }];
  return [
    { ...tcp, CidrIp: '0.0.0.0/0', Description: 'From anywhere' },
    { ...tcp, CidrIpv6: '::/0', Description: 'From anywhere' },
  ];
}

function listener(input: Ground, scheme: Scheme, port: number): Resource {
  const certificate = port === 443 ? defaultCertificate(input) : undefined;
  return ground({
    id: `${title(scheme)}Listener${port}`,
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: {
      LoadBalancerArn: ref(`${title(scheme)}LoadBalancer`),
      Port: port,
      Protocol: certificate === undefined ? 'HTTP' : 'HTTPS',
      SslPolicy: certificate === undefined ? undefined : TLS_POLICY,
      Certificates: certificate === undefined ? undefined : [{ CertificateArn: certificate }],
      DefaultActions: [
        {
          Type: 'fixed-response',
          FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'no such app' },
        },
      ],
      Tags: groundTags(input.platform),
    },
    key: 'LOAD_BALANCERS',
  });
}

/** The certificate of a name that no app has: the given one, or one for the first public zone. */
function defaultCertificate({ certificate, platform }: Ground): Json | undefined {
  if (certificate.kind === 'given') return certificate.value;
  return platform.publicZones.length === 0 ? undefined : ref('PublicCertificate');
}

function certificates({ certificate, platform }: Ground): Resource[] {
  const [zone] = platform.publicZones;
  if (certificate.kind === 'given' || zone === undefined) return [];
  return [
    ground({
      id: 'PublicCertificate',
      type: 'AWS::CertificateManager::Certificate',
      properties: {
        DomainName: zone.name,
        SubjectAlternativeNames: [`*.${zone.name}`],
        ValidationMethod: 'DNS',
        DomainValidationOptions: [{ DomainName: zone.name, HostedZoneId: zone.id }],
        Tags: groundTags(platform),
      },
      key: 'PUBLIC_ZONES',
    }),
  ];
}

/** What apps read about a shared balancer, by the name of its parameter. */
export function publishedBalancer(input: Ground, scheme: Scheme): readonly (readonly [string, Json])[] {
  if (input.platform.loadBalancers !== 'shared') return [];
  const adopted = scheme === 'internal' ? input.internalBalancer : input.publicBalancer;
  if (adopted.kind === 'given') return adoptedNames(scheme, adopted.value);
  const id = `${title(scheme)}LoadBalancer`;
  return [
    [`${scheme}-balancer-dns-name`, getAtt(id, 'DNSName')],
    [`${scheme}-balancer-full-name`, getAtt(id, 'LoadBalancerFullName')],
    [`${scheme}-balancer-security-group`, getAtt(`${id}SecurityGroup`, 'GroupId')],
    [`${scheme}-balancer-zone-id`, getAtt(id, 'CanonicalHostedZoneID')],
    ...listening(input, scheme).map((port) => [`listener-${scheme}-${port}`, ref(`${title(scheme)}Listener${port}`)] as const),
  ];
}

function adoptedNames(scheme: Scheme, balancer: AdoptedBalancer): (readonly [string, Json])[] {
  return [
    [`${scheme}-balancer-dns-name`, balancer.dnsName],
    [`${scheme}-balancer-full-name`, balancer.arn.split(':loadbalancer/')[1] ?? balancer.arn],
    [`${scheme}-balancer-security-group`, balancer.securityGroup],
    [`${scheme}-balancer-zone-id`, balancer.zoneId],
    ...Object.entries(balancer.listeners).map(([port, arn]) => [`listener-${scheme}-${port}`, arn] as const),
  ];
}
