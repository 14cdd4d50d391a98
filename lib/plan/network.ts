import type { Json, JsonObject } from '../model/json.js';
import type { PlanFinding, ResourceChange } from '../model/plan.js';
import { said, text } from './process-facts.js';
import { idPrefix } from './process-of.js';
import type { Sides } from './sides.js';
import { listAt, objectAt, type TemplateJson } from './template-json.js';

/** One opening of a security group. */
interface Opening {
  readonly group: string;
  readonly resource: string;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** JSON text of a CIDR, a prefix list, or a group that is not of this stack. */
  readonly source: string;
}

/** Where more can be reached from outside: wider addresses, new ports, a process that becomes public. */
export function broaderNetwork(resources: readonly ResourceChange[], sides: Sides): PlanFinding[] {
  const had = openingsOf(sides.before.template);
  const opened = openingsOf(sides.after.template).filter((opening) => !had.some((other) => covers(other, opening)));
  // IPv4 and IPv6 of the same port say the same.
  const openings = new Map(opened.map(sentence).map((finding) => [finding.text, finding]));
  return [...publicProcesses(resources, sides), ...publicBalancers(sides), ...foreignGroups(sides), ...openings.values()];
}

/** Internal balancers of an app are there for the whole VPC: that is what its private names promise. */
const INSIDE = /^Internal(?:Network)?LoadBalancerSecurityGroup$/;

function sentence({ group, resource, protocol, from, to, source }: Opening): PlanFinding {
  const ports =
    protocol === '-1' ? 'every port' : from === to ? `${protocol} port ${from}` : `${protocol} ports ${from} to ${to}`;
  const where = JSON.parse(source) as Json;
  const reachable = where === '0.0.0.0/0' || where === '::/0' ? 'anywhere' : said(where);
  const kind = INSIDE.test(group) ? 'note' : 'broader-network';
  return { kind, resource, text: `${group} takes ${ports} from ${reachable}` };
}

function openingsOf({ resources }: TemplateJson): Opening[] {
  return [...resources].flatMap(([id, { Type, Properties }]): Opening[] => {
    if (Type === 'AWS::EC2::SecurityGroup')
      return listAt(Properties['SecurityGroupIngress']).flatMap((rule) => openings(id, id, objectAt(rule), resources));
    return Type === 'AWS::EC2::SecurityGroupIngress' ? openings(groupOf(Properties['GroupId']), id, Properties, resources) : [];
  });
}

const groupOf = (value: Json | undefined): string => {
  const [id] = listAt(objectAt(value)['Fn::GetAtt']);
  return String(id ?? text(value));
};

/** From a group of this stack is no opening: what reaches that group is. */
function openings(group: string, resource: string, rule: JsonObject, known: TemplateJson['resources']): Opening[] {
  const source = SOURCES.map((name) => rule[name]).find((value) => value !== undefined);
  if (source === undefined || known.has(groupOf(source))) return [];
  const protocol = text(rule['IpProtocol']);
  const [from, to] = [Number(rule['FromPort'] ?? 0), Number(rule['ToPort'] ?? 65535)];
  return [{ group, resource, protocol, from, to, source: JSON.stringify(source) }];
}

const SOURCES = ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'SourceSecurityGroupId', 'SourceSecurityGroupName'];

function covers(wide: Opening, narrow: Opening): boolean {
  const sources = wide.source === narrow.source || contains(JSON.parse(wide.source) as Json, JSON.parse(narrow.source) as Json);
  const ports = wide.protocol === '-1' || (wide.protocol === narrow.protocol && wide.from <= narrow.from && wide.to >= narrow.to);
  return wide.group === narrow.group && sources && ports;
}

/** Whether one IPv4 range is inside another. Other sources are only equal or not. */
function contains(wide: Json, narrow: Json): boolean {
  const [outer, inner] = [range(wide), range(narrow)];
  if (outer === undefined || inner === undefined || outer.bits > inner.bits) return false;
  const size = 2 ** (32 - outer.bits);
  return Math.floor(outer.address / size) === Math.floor(inner.address / size);
}

function range(value: Json): { readonly address: number; readonly bits: number } | undefined {
  const [, a, b, c, d, bits] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(String(value)) ?? [];
  if (bits === undefined) return undefined;
  return { address: [a, b, c, d].reduce((sum, part) => sum * 256 + Number(part), 0), bits: Number(bits) };
}

/** A process is public when it has a target group of a public balancer; their ids begin so. */
function publicProcesses(resources: readonly ResourceChange[], { before }: Sides): PlanFinding[] {
  const added = resources.filter(
    ({ id, type, process }) =>
      process !== '' && type === 'AWS::ElasticLoadBalancingV2::TargetGroup' && id.startsWith(`${idPrefix(process)}Public`),
  );
  const isNew = (process: string): boolean =>
    ![...before.template.resources.keys()].some(
      (id) => id.startsWith(`${idPrefix(process)}Public`) && id.includes('TargetGroup'),
    );
  const processes = new Map(added.filter(({ process }) => isNew(process)).map(({ process, id }) => [process, id]));
  return [...processes].map(([process, resource]) => ({
    kind: 'broader-network',
    resource,
    text: `${process} can be reached from the internet`,
  }));
}

/** A balancer that was internal. A new one has rules of its own, which are openings. */
function publicBalancers({ before, after }: Sides): PlanFinding[] {
  return [...after.template.resources].flatMap(([id, { Type, Properties }]) => {
    const old = before.template.resources.get(id)?.Properties;
    const opened = old !== undefined && old['Scheme'] !== Properties['Scheme'] && Properties['Scheme'] === 'internet-facing';
    if (Type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer' || !opened) return [];
    return [{ kind: 'broader-network', resource: id, text: `${id} can be reached from the internet` }] as const;
  });
}

/** Tasks that also carry a group that is not of this stack are reached by whatever that group lets in. */
function foreignGroups({ before, after }: Sides): PlanFinding[] {
  return [...after.template.resources].flatMap(([id, { Type, Properties }]) => {
    const old = before.template.resources.get(id)?.Properties;
    if (Type !== 'AWS::ECS::Service' || old === undefined) return [];
    const had = new Set(groupsOf(old).map((group) => JSON.stringify(group)));
    const added = groupsOf(Properties).filter(
      (group) => !had.has(JSON.stringify(group)) && !after.template.resources.has(groupOf(group)),
    );
    return added.map((group) => ({
      kind: 'broader-network' as const,
      resource: id,
      text: `${id} also has the security group ${said(group)}, which is not of this stack`,
    }));
  });
}

const groupsOf = (service: JsonObject): readonly Json[] =>
  listAt(objectAt(objectAt(service['NetworkConfiguration'])['AwsvpcConfiguration'])['SecurityGroups']);
