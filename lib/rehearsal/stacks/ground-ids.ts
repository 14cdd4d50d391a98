import { arn, type Birth, type Identity, type Maker, made, plain, text } from './identity.js';
import { mintDigits, mintHex, mintLetters } from './mint.js';

/** `vpc-0…`: seventeen digits, as EC2 has had since 2018. Its own type's attribute `attribute` says the same. */
const ec2 =
  (kind: string, attribute = 'Id'): Maker =>
  ({ world }) => {
    const id = `${kind}-0${mintHex(world, 16)}`;
    return plain(id, { [attribute]: id });
  };

function address({ world }: Birth): Identity {
  const ip = ['203', '0', '113', String(Number(mintDigits(world, 3)) % 256)].join('.');
  return plain(ip, { AllocationId: `eipalloc-0${mintHex(world, 16)}`, PublicIp: ip });
}

function cluster(birth: Birth): Identity {
  const name = text(birth.properties['ClusterName']) || made(birth, 255);
  return plain(name, { Arn: arn(birth, 'ecs', `cluster/${name}`) });
}

const hostedZone = ({ world }: Birth): Identity => {
  const id = `Z0${mintLetters(world, 19).toUpperCase()}`;
  return plain(id, { Id: id });
};

const bucket = (birth: Birth): Identity => {
  const name = text(birth.properties['BucketName']) || made(birth, 63).toLowerCase();
  return plain(name, { Arn: `arn:${birth.world.partition}:s3:::${name}` });
};

function managedPolicy(birth: Birth): Identity {
  const id = arn(birth, 'iam', `policy/${text(birth.properties['ManagedPolicyName']) || made(birth, 128)}`, '');
  return plain(id, { PolicyArn: id });
}

function oidcProvider(birth: Birth): Identity {
  const id = arn(birth, 'iam', `oidc-provider/${text(birth.properties['Url']).replace(/^https:\/\//, '')}`, '');
  return plain(id, { Arn: id });
}

const named =
  (property: string): Maker =>
  (birth) => {
    const name = text(birth.properties[property]) || made(birth, 128);
    return plain(name, { Arn: arn(birth, 'iam', `instance-profile/${name}`, '') });
  };

const launchTemplate: Maker = (birth) => {
  const id = `lt-0${mintHex(birth.world, 16)}`;
  return plain(id, { LaunchTemplateId: id, LatestVersionNumber: '1', DefaultVersionNumber: '1' });
};

/** Identities of what a platform is made of. */
export const GROUND_MAKERS: Readonly<Record<string, Maker>> = {
  'AWS::AutoScaling::AutoScalingGroup': (birth) => plain(text(birth.properties['AutoScalingGroupName']) || made(birth, 255)),
  'AWS::EC2::DHCPOptions': ec2('dopt', 'DhcpOptionsId'),
  'AWS::EC2::EIP': address,
  'AWS::EC2::InternetGateway': ec2('igw', 'InternetGatewayId'),
  'AWS::EC2::LaunchTemplate': launchTemplate,
  'AWS::EC2::NatGateway': ec2('nat', 'NatGatewayId'),
  'AWS::EC2::Route': ({ properties }) => plain(`${text(properties['RouteTableId'])}|${text(properties['DestinationCidrBlock'])}`),
  'AWS::EC2::RouteTable': ec2('rtb', 'RouteTableId'),
  'AWS::EC2::Subnet': ec2('subnet', 'SubnetId'),
  'AWS::EC2::SubnetRouteTableAssociation': ec2('rtbassoc'),
  'AWS::EC2::VPC': ec2('vpc', 'VpcId'),
  'AWS::EC2::VPCDHCPOptionsAssociation': ({ properties }) =>
    plain(`${text(properties['DhcpOptionsId'])}|${text(properties['VpcId'])}`),
  'AWS::EC2::VPCEndpoint': ec2('vpce'),
  'AWS::EC2::VPCGatewayAttachment': ({ properties }) => plain(`IGW|${text(properties['VpcId'])}`),
  'AWS::ECS::CapacityProvider': (birth) => plain(text(birth.properties['Name']) || made(birth, 255)),
  'AWS::ECS::Cluster': cluster,
  'AWS::ECS::ClusterCapacityProviderAssociations': ({ properties }) => plain(text(properties['Cluster'])),
  'AWS::IAM::InstanceProfile': named('InstanceProfileName'),
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::OIDCProvider': oidcProvider,
  'AWS::Route53::HostedZone': hostedZone,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': ({ properties }) => plain(text(properties['Bucket'])),
  'AWS::SSM::Parameter': ({ properties }) =>
    plain(text(properties['Name']), { Type: text(properties['Type']), Value: text(properties['Value']) }),
};
