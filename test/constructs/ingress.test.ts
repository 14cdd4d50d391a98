import { expect } from 'chai';
import { type Ingress, ingressResources } from '../../constructs/ingress/resources.js';
import { PlatformReferences } from '../../constructs/platform-references.js';
import type { App } from '../../lib/model/app.js';
import type { Platform } from '../../lib/model/platform.js';
import {
  app,
  health,
  http,
  idsOf,
  managed,
  plain,
  platform,
  properties,
  service,
  tcp,
  withArn,
} from '../support/ingress-apps.js';
import { ServiceSpec } from '../support/service-spec.js';

const make = (subject: App, ground: Platform = platform()): Ingress =>
  ingressResources(subject, ground, new PlatformReferences(ground), []);

const PATTERN = (host: string): string => `^(${host})(:[0-9]+)?$`;

describe('ingress: inside the VPC', () => {
  it('gives an app without ports nothing', () => {
    const ingress = make(app([service('worker')]));
    expect(ingress.resources).to.deep.equal([]);
    expect(ingress.attachments.size).to.equal(0);
    expect(ingress.url).to.deep.equal({ kind: 'none' });
    expect(ingress.privateName).to.deep.equal({ kind: 'none' });
  });

  it('puts web behind an internal balancer, by default action and both private names', () => {
    const ingress = make(app([http('web', ['80:8080'])]));
    expect(idsOf(ingress.resources)).to.have.members([
      'InternalLoadBalancer',
      'InternalLoadBalancerSecurityGroup',
      'InternalLoadBalancerToPort8080',
      'InternalListener80',
      'WebTargetGroup',
      'WebPrivateRecord',
      'AppPrivateRecord',
    ]);
    expect(properties(ingress.resources, 'InternalListener80').DefaultActions).to.deep.equal([
      { Type: 'forward', TargetGroupArn: { Ref: 'WebTargetGroup' } },
    ]);
    expect(properties(ingress.resources, 'WebPrivateRecord').Name).to.equal('web.acme-inc.empire');
    expect(properties(ingress.resources, 'AppPrivateRecord')).to.deep.equal({
      Name: 'acme-inc.empire',
      Type: 'A',
      HostedZoneId: { Ref: 'PlatformZoneId' },
      AliasTarget: {
        DNSName: { 'Fn::GetAtt': ['InternalLoadBalancer', 'DNSName'] },
        HostedZoneId: { 'Fn::GetAtt': ['InternalLoadBalancer', 'CanonicalHostedZoneID'] },
        EvaluateTargetHealth: false,
      },
    });
    expect(ingress.attachments.get('web')).to.deep.equal({
      loadBalancers: [{ ContainerName: 'web', ContainerPort: 8080, TargetGroupArn: { Ref: 'WebTargetGroup' } }],
      dependsOn: ['InternalListener80'],
      deployment: {},
    });
    expect(ingress.url).to.deep.equal({ kind: 'given', value: 'http://acme-inc.empire' });
    expect(ingress.privateName).to.deep.equal({ kind: 'given', value: 'acme-inc.empire' });
    expect(ingress.problems).to.deep.equal([]);
  });

  it('gives each further process on the port a rule by its private name', () => {
    const { resources, attachments } = make(app([http('web', ['80:8080']), http('admin_ui', ['80:3000'])]));
    const rule = properties(resources, 'AdminuiRule80');
    expect(rule.Conditions).to.deep.equal([
      { Field: 'host-header', HostHeaderConfig: { RegexValues: [PATTERN('admin-ui\\.acme-inc\\.empire')] } },
    ]);
    expect(rule.Actions).to.deep.equal([{ Type: 'forward', TargetGroupArn: { Ref: 'AdminuiTargetGroup' } }]);
    expect(rule.Priority).to.be.within(10_000, 34_999);
    expect(attachments.get('admin_ui')?.dependsOn).to.deep.equal(['AdminuiRule80']);
    expect(attachments.get('web')?.dependsOn).to.deep.equal(['InternalListener80']);
  });

  it('lets the only process on a port answer by default, and nobody when there are several without web', () => {
    const { resources } = make(app([http('web', ['80:8080']), http('api', ['8080:1', '9000:2']), http('docs', ['8080:3'])]));
    expect(properties(resources, 'InternalListener9000').DefaultActions[0].TargetGroupArn).to.deep.equal({
      Ref: 'ApiTargetGroup9000',
    });
    expect(properties(resources, 'InternalListener8080').DefaultActions[0].FixedResponseConfig.StatusCode).to.equal('404');
    expect(idsOf(resources, 'ListenerRule')).to.have.members(['ApiRule8080', 'DocsRule8080']);
  });

  it('makes one target group per container port, named after its lowest balancer port, always with Port 80', () => {
    const { resources, attachments } = make(app([http('web', ['80:8080', '8080:8080', '9000:9000'])]));
    expect(idsOf(resources, 'TargetGroup')).to.deep.equal(['WebTargetGroup', 'WebTargetGroup9000']);
    expect(properties(resources, 'WebTargetGroup9000').Port).to.equal(80);
    expect(attachments.get('web')?.loadBalancers.map((item) => item['ContainerPort'])).to.deep.equal([8080, 9000]);
  });

  it('sets health, draining, balancing and the cookie, with raw properties last', () => {
    const web = http(
      'web',
      ['80:8080'],
      { sticky: { kind: 'given', value: 600 }, drainSeconds: 7, health: { ...health, path: '/up', codes: '200' } },
      { raw: { task: {}, service: {}, targetGroup: { ProtocolVersion: 'GRPC' } } },
    );
    const group = properties(make(app([web])).resources, 'WebTargetGroup');
    expect(group).to.include({
      HealthCheckPath: '/up',
      HealthCheckIntervalSeconds: 5,
      TargetType: 'ip',
      ProtocolVersion: 'GRPC',
    });
    expect(group.Matcher).to.deep.equal({ HttpCode: '200' });
    expect(group.TargetGroupAttributes).to.deep.include.members([
      { Key: 'deregistration_delay.timeout_seconds', Value: '7' },
      { Key: 'load_balancing.algorithm.type', Value: 'least_outstanding_requests' },
      { Key: 'stickiness.enabled', Value: 'true' },
      { Key: 'stickiness.lb_cookie.duration_seconds', Value: '600' },
    ]);
  });

  it('lets the VPC in, and the balancer out to the tasks only', () => {
    const { resources } = make(app([http('web', ['80:8080'])]));
    const group = properties(resources, 'InternalLoadBalancerSecurityGroup');
    expect(group.SecurityGroupIngress.map((rule: { CidrIp: unknown }) => rule.CidrIp)).to.deep.equal([
      { Ref: 'PlatformVpcCidr' },
    ]);
    expect(group.SecurityGroupEgress).to.have.length(1);
    expect(group.SecurityGroupEgress[0]).to.deep.include({ FromPort: 8080, ToPort: 8080 });
    expect(properties(resources, 'InternalLoadBalancerToPort8080')).to.deep.include({
      GroupId: { 'Fn::GetAtt': ['AppSecurityGroup', 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': ['InternalLoadBalancerSecurityGroup', 'GroupId'] },
    });
  });

  it('gives the balancer the greatest idle timeout of its processes', () => {
    const { resources } = make(app([http('web', ['80:1']), http('api', ['81:2'], { idleTimeoutSeconds: 300 })]));
    expect(properties(resources, 'InternalLoadBalancer').LoadBalancerAttributes).to.deep.include({
      Key: 'idle_timeout.timeout_seconds',
      Value: '300',
    });
  });

  it('reaches the sidecar that has the port', () => {
    const nginx = {
      name: 'nginx',
      image: app([]).image,
      command: { kind: 'image' as const },
      environment: [],
      ports: [8080],
      health: { kind: 'none' as const },
      essential: true,
      cpu: { kind: 'none' as const },
      memoryMiB: { kind: 'none' as const },
      dependsOn: [],
    };
    const { attachments } = make(app([http('web', ['80:8080'], {}, { sidecars: [nginx] })]));
    expect(attachments.get('web')?.loadBalancers[0]?.['ContainerName']).to.equal('nginx');
  });
});

describe('ingress: public names', () => {
  const two = app([
    http('web', ['80:8080'], { domains: [managed('*.example.com'), managed('acme.example.com'), plain('old.test')] }),
  ]);

  it('adds the public half beside the internal one, which does not change', () => {
    const before = make(app([http('web', ['80:8080'])])).resources;
    const after = make(two).resources;
    const kept = new Map(after.map((one) => [one.id, one]));
    for (const one of before) expect(kept.get(one.id)).to.deep.equal(one);
    expect(idsOf(after)).to.include.members([
      'PublicLoadBalancer',
      'PublicListener80',
      'PublicListener443',
      'WebPublicTargetGroup',
    ]);
    expect(
      make(two)
        .attachments.get('web')
        ?.loadBalancers.map((item) => item['TargetGroupArn']),
    ).to.deep.equal([{ Ref: 'WebPublicTargetGroup' }, { Ref: 'WebTargetGroup' }]);
  });

  it('makes per name a rule, and for HTTPS a certificate, a redirect and a record', () => {
    const { resources, url } = make(two);
    const hash = (word: string, type: string): string[] => idsOf(resources, type).filter((id) => id.startsWith(word));
    expect(hash('WebRule', 'ListenerRule')).to.have.length(3);
    expect(hash('WebRedirect', 'ListenerRule')).to.have.length(2);
    expect(hash('WebCertificate', 'CertificateManager::Certificate')).to.have.length(2);
    expect(hash('WebRecord', 'RecordSet')).to.have.length(2);
    expect(url).to.deep.equal({ kind: 'given', value: 'https://acme.example.com' });
  });

  it('ranks exact names before wildcards, which match one label', () => {
    const { resources } = make(two);
    const rules = resources.filter(({ type }) => type.endsWith('ListenerRule')).map(({ id }) => properties(resources, id));
    const secure = rules.filter((rule) => rule.ListenerArn.Ref === 'PublicListener443');
    secure.sort((a, b) => a.Priority - b.Priority);
    expect(secure.map((rule) => rule.Conditions[0].HostHeaderConfig)).to.deep.equal([
      { Values: ['acme.example.com'] },
      { RegexValues: [PATTERN('[^.:]+\\.example\\.com')] },
    ]);
    expect('a.example.com').to.match(new RegExp(PATTERN('[^.:]+\\.example\\.com')));
    expect('a.b.example.com').not.to.match(new RegExp(PATTERN('[^.:]+\\.example\\.com')));
  });

  it('redirects HTTPS names from 80 and forwards plain ones', () => {
    const { resources, attachments } = make(two);
    const plainRules = resources
      .filter(({ type }) => type.endsWith('ListenerRule'))
      .map(({ id }) => properties(resources, id))
      .filter((rule) => rule.ListenerArn.Ref === 'PublicListener80');
    expect(plainRules.map((rule) => rule.Actions[0].Type)).to.have.members(['redirect', 'redirect', 'forward']);
    expect(plainRules.find((rule) => rule.Actions[0].Type === 'redirect').Actions[0].RedirectConfig).to.deep.equal({
      Protocol: 'HTTPS',
      Port: '443',
      StatusCode: 'HTTP_301',
    });
    expect(attachments.get('web')?.dependsOn.some((id) => id.startsWith('WebRedirect'))).to.equal(false);
  });

  it('matches a name by pattern where AWS takes no plain value', () => {
    const { resources } = make(app([http('web', ['80:8080'], { domains: [plain('xn--e1afmkfd.xn--p1ai')] })]));
    const [id] = idsOf(resources, 'ListenerRule');
    expect(properties(resources, id as string).Conditions[0].HostHeaderConfig).to.deep.equal({
      RegexValues: [PATTERN('xn--e1afmkfd\\.xn--p1ai')],
    });
  });

  it('needs no 443 listener for plain names', () => {
    const { resources, url } = make(app([http('web', ['80:8080'], { domains: [plain('old.test')] })]));
    expect(idsOf(resources, '::Listener')).to.deep.equal(['InternalListener80', 'PublicListener80']);
    expect(url).to.deep.equal({ kind: 'given', value: 'http://old.test' });
  });

  it('lets a name come without touching the others', () => {
    const before = make(app([http('web', ['80:8080'], { domains: [managed('a.example.com')] })])).resources;
    const after = make(
      app([http('web', ['80:8080'], { domains: [managed('a.example.com'), managed('b.example.com')] })]),
    ).resources;
    const kept = new Map(after.map((one) => [one.id, one.properties]));
    for (const one of before) expect(kept.get(one.id), one.id).to.deep.equal(one.properties);
  });

  it('takes the default certificate from the shortest name of web, and lists the others', () => {
    const { resources } = make(
      app([
        http('api', ['80:1'], { domains: [managed('a.com')] }),
        http('web', ['80:2'], { domains: [withArn('a.b.example.com'), managed('z.example.com')] }),
      ]),
    );
    const listener = properties(resources, 'PublicListener443');
    const certificate = idsOf(resources, 'CertificateManager::Certificate').find((id) => id.startsWith('Web'));
    expect(listener.Certificates).to.deep.equal([{ CertificateArn: { Ref: certificate } }]);
    expect(listener.SslPolicy).to.equal('ELBSecurityPolicy-TLS13-1-2-2021-06');
    expect(idsOf(resources, 'ListenerCertificate')).to.have.length(2);
  });

  it('reaches the container behind 443 when there is one, with the certificate inside too', () => {
    const web = http('web', ['80:8080', '443:8443'], { domains: [managed('a.example.com')] });
    const { resources, attachments } = make(app([web]));
    expect(properties(resources, 'InternalListener443')).to.include({ Protocol: 'HTTPS' });
    expect(properties(resources, 'InternalListener443').Certificates).to.have.length(1);
    const outside = attachments.get('web')?.loadBalancers.find((item) => JSON.stringify(item).includes('Public'));
    expect(outside?.['ContainerPort']).to.equal(8443);
  });

  it('opens the public balancer to everybody on IPv4 and IPv6', () => {
    const group = properties(make(two).resources, 'PublicLoadBalancerSecurityGroup');
    expect(group.SecurityGroupIngress.map((rule: object) => Object.values(rule).slice(2, 4).join(' '))).to.deep.equal([
      '80 0.0.0.0/0',
      '80 ::/0',
      '443 0.0.0.0/0',
      '443 ::/0',
    ]);
  });
});

describe('ingress: tcp and tls', () => {
  const broker = tcp(
    'broker',
    [
      { balancer: 1883, container: 1883, protocol: 'tcp' },
      { balancer: 8883, container: 1883, protocol: 'tls' },
    ],
    { domains: [withArn('mqtt.example.com')] },
  );

  it('stands behind network load balancers with security groups and cross-zone balancing', () => {
    const { resources, attachments } = make(app([broker]));
    expect(properties(resources, 'InternalNetworkLoadBalancer')).to.deep.include({
      Type: 'network',
      LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
      SecurityGroups: [{ 'Fn::GetAtt': ['InternalNetworkLoadBalancerSecurityGroup', 'GroupId'] }],
    });
    expect(idsOf(resources, 'TargetGroup')).to.deep.equal(['BrokerPublicTcpTargetGroup1883', 'BrokerTcpTargetGroup1883']);
    const group = properties(resources, 'BrokerTcpTargetGroup1883');
    expect(group).to.include({ Protocol: 'TCP', HealthCheckProtocol: 'TCP' }).and.not.to.have.property('HealthCheckPath');
    expect(properties(resources, 'PublicNetworkListener8883')).to.deep.include({
      Protocol: 'TLS',
      Certificates: [{ CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/abc' }],
    });
    expect(attachments.get('broker')?.dependsOn).to.deep.equal([
      'InternalNetworkListener1883',
      'InternalNetworkListener8883',
      'PublicNetworkListener1883',
      'PublicNetworkListener8883',
    ]);
  });
});

describe('ingress: maintenance', () => {
  const page = (value: string) => ({ maintenance: { kind: 'given' as const, value } });

  it('puts a page in front of every listener and keeps the rules behind it', () => {
    const processes = [http('web', ['80:8080'], { domains: [managed('a.example.com')] }), http('api', ['80:1'])];
    const off = make(app(processes)).resources;
    const on = make(app(processes, page('<h1>Back soon</h1>'))).resources;
    const extra = idsOf(on).filter((id) => !idsOf(off).includes(id));
    expect(extra).to.deep.equal(['InternalListener80Maintenance', 'PublicListener443Maintenance', 'PublicListener80Maintenance']);
    for (const one of off) expect(on).to.deep.include(one);
    const rule = properties(on, 'InternalListener80Maintenance');
    expect(rule.Priority).to.be.below(10_000);
    expect(rule.Actions[0].FixedResponseConfig).to.deep.equal({
      StatusCode: '503',
      ContentType: 'text/html',
      MessageBody: '<h1>Back soon</h1>',
    });
  });

  it('sends plain words as text', () => {
    const { resources } = make(app([http('web', ['80:8080'])], page('back at noon')));
    expect(properties(resources, 'InternalListener80Maintenance').Actions[0].FixedResponseConfig.ContentType).to.equal(
      'text/plain',
    );
  });
});

describe('ingress: every resource', () => {
  const everything = app([
    http('web', ['80:8080', '443:8080'], { domains: [managed('*.example.com'), managed('a.example.com'), plain('old.test')] }),
    http('api', ['80:1'], { domains: [withArn('api.other.test')] }, { deployment: { kind: 'blue-green', bakeMinutes: 5 } }),
    tcp('broker', [{ balancer: 8883, container: 1883, protocol: 'tls' }], { domains: [withArn('mqtt.example.com')] }),
  ]);

  it('is one that AWS knows, under an id of its own, and says where it comes from', () => {
    const { resources } = make(everything);
    const spec = new ServiceSpec();
    expect(resources.flatMap(({ type, properties }) => spec.faults(type, properties))).to.deep.equal([]);
    expect(new Set(idsOf(resources)).size).to.equal(resources.length);
    for (const { id, from } of resources) expect(from, id).not.to.deep.equal([]);
  });

  it('is the same at every run', () => {
    expect(JSON.stringify(make(everything).resources)).to.equal(JSON.stringify(make(everything).resources));
  });
});
