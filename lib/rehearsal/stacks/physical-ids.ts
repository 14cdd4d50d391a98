import { GROUND_MAKERS } from './ground-ids.js';
import { arn, type Birth, type Identity, type Maker, made, plain, text } from './identity.js';
import { mintDigits, mintHex, mintLetters, mintUuid } from './mint.js';

/** The same for names of at most 32 characters: six of the stack, five of the resource. */
const madeShort = ({ world, stack, id }: Birth): string =>
  `${stack.slice(0, 6).replace(/-$/, '')}-${id.slice(0, 5)}-${mintLetters(world, 12)}`;

/** Of Elastic Load Balancing in us-east-1: AWS General Reference, "Elastic Load Balancing endpoints". */
const ALB_ZONE = 'Z35SXDOTRQ7X7K';
const NLB_ZONE = 'Z26RNL4JYFTOTI';

function loadBalancer(birth: Birth): Identity {
  const { world, properties } = birth;
  const network = properties['Type'] === 'network';
  const name = text(properties['Name']) || madeShort(birth);
  const hash = mintHex(world, 16);
  const full = `${network ? 'net' : 'app'}/${name}/${hash}`;
  const inside = properties['Scheme'] === 'internal' ? 'internal-' : '';
  const host = network
    ? `${name}-${hash}.elb.${world.region}.amazonaws.com`
    : `${inside}${name}-${mintDigits(world, 10)}.${world.region}.elb.amazonaws.com`;
  const id = arn(birth, 'elasticloadbalancing', `loadbalancer/${full}`);
  return plain(id, {
    LoadBalancerArn: id,
    LoadBalancerFullName: full,
    LoadBalancerName: name,
    DNSName: host,
    CanonicalHostedZoneID: network ? NLB_ZONE : ALB_ZONE,
  });
}

function targetGroup(birth: Birth): Identity {
  const name = text(birth.properties['Name']) || madeShort(birth);
  const full = `targetgroup/${name}/${mintHex(birth.world, 16)}`;
  const id = arn(birth, 'elasticloadbalancing', full);
  return plain(id, { TargetGroupArn: id, TargetGroupFullName: full, TargetGroupName: name });
}

function listener(birth: Birth): Identity {
  const balancer = text(birth.properties['LoadBalancerArn']);
  const id = `${balancer.replace(':loadbalancer/', ':listener/')}/${mintHex(birth.world, 16)}`;
  return plain(id, { ListenerArn: id });
}

function listenerRule(birth: Birth): Identity {
  const owner = text(birth.properties['ListenerArn']);
  const id = `${owner.replace(':listener/', ':listener-rule/')}/${mintHex(birth.world, 16)}`;
  return plain(id, { RuleArn: id, IsDefault: 'false' });
}

function securityGroup(birth: Birth): Identity {
  const id = `sg-0${mintHex(birth.world, 16)}`;
  return plain(id, { GroupId: id, Id: id, VpcId: text(birth.properties['VpcId']) });
}

function role(birth: Birth): Identity {
  const name = text(birth.properties['RoleName']) || made(birth, 64);
  const unique = `AROA${mintLetters(birth.world, 17).toUpperCase()}`;
  return plain(name, { Arn: arn(birth, 'iam', `role/${name}`, ''), RoleId: unique });
}

function logGroup(birth: Birth): Identity {
  const name = text(birth.properties['LogGroupName']) || made(birth, 512);
  return plain(name, { Arn: arn(birth, 'logs', `log-group:${name}:*`) });
}

function certificate(birth: Birth): Identity {
  const id = arn(birth, 'acm', `certificate/${mintUuid(birth.world)}`);
  return plain(id, { CertificateArn: id });
}

function scalingPolicy(birth: Birth): Identity {
  const { properties } = birth;
  const [resource = ''] = text(properties['ScalingTargetId']).split('|');
  const path = `resource/ecs/${resource || text(properties['ResourceId'])}`;
  const rest = `scalingPolicy:${mintUuid(birth.world)}:${path}:policyName/${text(properties['PolicyName'])}`;
  const id = arn(birth, 'autoscaling', rest);
  return plain(id, { Arn: id });
}

function schedule(birth: Birth): Identity {
  const name = text(birth.properties['Name']) || made(birth, 64);
  return plain(name, { Arn: arn(birth, 'scheduler', `schedule/default/${name}`) });
}

function alarm(birth: Birth): Identity {
  const name = text(birth.properties['AlarmName']) || made(birth, 255);
  return plain(name, { Arn: arn(birth, 'cloudwatch', `alarm:${name}`) });
}

const groupRule = ({ world }: Birth): Identity => {
  const id = `sgr-0${mintHex(world, 16)}`;
  return plain(id, { Id: id });
};

function scalableTarget({ properties }: Birth): Identity {
  const id = ['ResourceId', 'ScalableDimension', 'ServiceNamespace'].map((name) => text(properties[name])).join('|');
  return plain(id, { Id: id });
}

const MAKERS: Readonly<Record<string, Maker>> = {
  ...GROUND_MAKERS,
  'AWS::ApplicationAutoScaling::ScalableTarget': scalableTarget,
  'AWS::ApplicationAutoScaling::ScalingPolicy': scalingPolicy,
  'AWS::CertificateManager::Certificate': certificate,
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupEgress': groupRule,
  'AWS::EC2::SecurityGroupIngress': groupRule,
  'AWS::ElasticLoadBalancingV2::Listener': listener,
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': (birth) => plain(made(birth, 255)),
  'AWS::ElasticLoadBalancingV2::ListenerRule': listenerRule,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
  'AWS::IAM::Role': role,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Route53::RecordSet': ({ properties }) => plain(text(properties['Name'])),
  'AWS::Scheduler::Schedule': schedule,
};

/** Identity of a new thing; those of ECS are made by the services themselves. */
export function makeIdentity(type: string, birth: Birth): Identity {
  const maker = MAKERS[type];
  if (maker === undefined) throw new Error(`no physical ids for ${type}`);
  return maker(birth);
}
