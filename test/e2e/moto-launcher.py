"""moto's server with its CloudFormation layer repaired where an app's life cycle needs it.

moto 5.2.1 keeps of a service only its cluster, count and task definition, forgets what it cannot update, does not hand a new
task definition on to the service that refers to it, and shows no outputs of a stack made by a change set. Each patch below says
which of these it repairs. What is patched proves nothing about AWS: it is there so that the calls around it can be made for real.

Usage: EMPIRE_GROUND="default production" python3 moto-launcher.py -H 127.0.0.1 -p 0
"""

import os
import sys
import threading

from moto.cloudformation import models as cfn
from moto.cloudformation import parsing
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.exceptions import JsonRESTError, ServiceException
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import pascal_to_camelcase, utcnow
from moto.ec2.models import route_tables
from moto.ec2.models import vpcs
from moto.ecr.responses import ECRResponse
from moto.ecs import models as ecs
from moto.elbv2 import models as elbv2
from moto.iam import models as iam
from moto.route53 import models as route53
from moto.s3 import models as s3
from moto.ssm import models as ssm

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import moto_access  # noqa: E402, F401  what IAM is asked about, and a record of it

# Keys below these are names that people chose, not words of the API.
VERBATIM = {"DockerLabels", "Options"}


def camel(value):
    """PascalCase keys to the camelCase of the ECS API."""
    if isinstance(value, list):
        return [camel(item) for item in value]
    if isinstance(value, dict):
        return {pascal_to_camelcase(k): (v if k in VERBATIM else camel(v)) for k, v in value.items()}
    return value


def physical(value):
    """A parsed resource to the id that other services know it by."""
    return getattr(value, "physical_resource_id", value)


def plain(value):
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return physical(value)


# ---- task definitions: all properties, and an update is a new revision that can be read


def register(cls, name, json, account_id, region_name, **kwargs):
    p = plain(json["Properties"])
    backend = ecs.ecs_backends[account_id][region_name]
    return backend.register_task_definition(
        family=p["Family"],
        container_definitions=camel(p["ContainerDefinitions"]),
        volumes=camel(p.get("Volumes")),
        network_mode=p.get("NetworkMode"),
        tags=camel(p.get("Tags", [])),
        requires_compatibilities=p.get("RequiresCompatibilities"),
        cpu=p.get("Cpu"),
        memory=p.get("Memory"),
        task_role_arn=p.get("TaskRoleArn"),
        execution_role_arn=p.get("ExecutionRoleArn"),
        runtime_platform=camel(p.get("RuntimePlatform")),
    )


def reregister(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    return register(cls, new_resource_name, cloudformation_json, account_id, region_name)


ecs.TaskDefinition.create_from_cloudformation_json = classmethod(register)
ecs.TaskDefinition.update_from_cloudformation_json = classmethod(reregister)


# ---- services: load balancers and network, counts that are reached at once, a deployment that says so


def settle(service, task_definition, count):
    service.task_definition = task_definition
    if count is not None:
        service.desired_count = int(count)
    service.running_count, service.pending_count = service.desired_count, 0
    for deployment in service.deployments[:1]:
        if deployment["taskDefinition"] != task_definition:
            deployment["id"] = f"ecs-svc/{ecs.mock_random.randint(0, 32**12)}"
            deployment["createdAt"] = utcnow()
        deployment.update(
            taskDefinition=task_definition,
            desiredCount=service.desired_count,
            runningCount=service.desired_count,
            pendingCount=0,
            rolloutState="COMPLETED",
            rolloutStateReason=f"ECS deployment {deployment['id']} completed.",
            updatedAt=utcnow(),
        )
    return service


def create_service(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    p = plain(cloudformation_json["Properties"])
    backend = ecs.ecs_backends[account_id][region_name]
    service = backend.create_service(
        p["Cluster"],
        resource_name,
        int(p.get("DesiredCount", 1)),
        task_definition_str=p["TaskDefinition"],
        load_balancers=camel(p.get("LoadBalancers", [])),
        launch_type="FARGATE",
        network_configuration=camel(p["NetworkConfiguration"]),
        tags=camel(p.get("Tags", [])),
    )
    return settle(service, p["TaskDefinition"], p.get("DesiredCount", 1))


def update_service(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    p = plain(cloudformation_json["Properties"])
    return settle(original_resource, p["TaskDefinition"], p.get("DesiredCount"))


def delete_service(self, account_id, region_name):
    backend = ecs.ecs_backends[account_id][region_name]
    backend.delete_service(self.cluster_name, self.name, force=True)


ecs.Service.create_from_cloudformation_json = classmethod(create_service)
ecs.Service.update_from_cloudformation_json = classmethod(update_service)
ecs.Service.delete = delete_service


# ---- tasks run where a capacity provider puts them, and a container needs no memory of its own

run_task = ecs.EC2ContainerServiceBackend.run_task


def run_on_fargate(self, cluster_str, task_definition_str, count, overrides, started_by, tags, launch_type, *more):
    return run_task(self, cluster_str, task_definition_str, count, overrides, started_by, tags, launch_type or "FARGATE", *more)


def no_requirements(task_definition):
    return {"CPU": 0, "MEMORY": 0, "PORTS": [], "PORTS_UDP": []}


ecs.EC2ContainerServiceBackend.run_task = run_on_fargate
ecs.EC2ContainerServiceBackend._calculate_task_resource_requirements = staticmethod(no_requirements)


# ---- target groups are deleted; balancers and groups answer what templates ask


def delete_target_group(self, account_id, region_name):
    elbv2.elbv2_backends[account_id][region_name].target_groups.pop(self.arn, None)


elbv2.FakeTargetGroup.delete = delete_target_group


def attributes(cls, more):
    get = getattr(cls, "get_cfn_attribute", None)
    cls.get_cfn_attribute = lambda self, name: more[name](self) if name in more else get(self, name)


attributes(
    elbv2.FakeLoadBalancer,
    {
        "CanonicalHostedZoneID": lambda lb: "Z35SXDOTRQ7X7K",
        "LoadBalancerFullName": lambda lb: lb.arn.split(":loadbalancer/")[1],
    },
)
attributes(elbv2.FakeTargetGroup, {"TargetGroupFullName": lambda tg: tg.arn.split(":")[5]})


# ---- what has no update hook stays what it is, instead of being forgotten

update_resource = parsing.parse_and_update_resource


def keep_or_update(logical_id, resource_json, resources_map, account_id, region_name):
    updated = update_resource(logical_id, resource_json, resources_map, account_id, region_name)
    return resources_map[logical_id] if updated is None else updated


parsing.parse_and_update_resource = keep_or_update


# ---- a resource that was removed can come back, and a new physical id reaches whatever refers to it

update_map = parsing.ResourceMap.update


def ripple(self, template, parameters=None):
    known = {key: getattr(self._parsed_resources.get(key), "physical_resource_id", None) for key in self._resource_json_map}
    removed = [key for key in self._resource_json_map if key not in template["Resources"]]
    update_map(self, template, parameters)
    for key in removed:
        self._parsed_resources.pop(key, None)
    changed = {
        key
        for key, before in known.items()
        if key in self._resource_json_map and getattr(self._parsed_resources.get(key), "physical_resource_id", None) != before
    }
    for key, json in self._resource_json_map.items():
        refers = set(parsing.get_references_from_template(json))
        if key not in changed and refers & changed and self._parsed_resources.get(key) is not None:
            self._parsed_resources[key] = parsing.parse_and_update_resource(
                key, json, self, account_id=self._account_id, region_name=self._region_name
            )


parsing.ResourceMap.update = ripple


# ---- a change set also brings the outputs and the parameters

apply = cfn.ChangeSet.apply


def apply_with_outputs(self):
    apply(self)
    self.stack.template = self.template
    self.stack._parse_template()
    self.stack.parameters = self.parameters
    self.stack.output_map = self.stack._create_output_map()


cfn.ChangeSet.apply = apply_with_outputs


# ---- the previous value of an SSM parameter is its name, asked for again, and not what it was last resolved to

create_change_set = cfn.CloudFormationBackend.create_change_set


def named_again(stack, name, value):
    declared = stack.template_dict.get("Parameters", {}).get(name, {})
    if not declared.get("Type", "").startswith("AWS::SSM::Parameter::"):
        return value
    resolved = stack.resource_map.resolved_parameters.get(name)
    same = value in (resolved, ",".join(resolved) if isinstance(resolved, list) else resolved)
    return stack.parameters.get(name, declared["Default"]) if same else value


def create_change_set_by_names(self, stack_name, change_set_name, template, parameters, *args, **kwargs):
    for stack in self.stacks.values():
        if stack_name in (stack.name, stack.stack_id):
            parameters = {name: named_again(stack, name, value) for name, value in parameters.items()}
    return create_change_set(self, stack_name, change_set_name, template, parameters, *args, **kwargs)


cfn.CloudFormationBackend.create_change_set = create_change_set_by_names


# ---- a change set is one of its stack: moto looks names up without it, and the CDK gives all of its change sets one name. One that is
# not there is called so: the CDK deletes its last one and waits for these words


class ChangeSetNotFound(ServiceException):
    code = "ChangeSetNotFoundException"


def change_set_of(self):
    name, stack = self._get_param("ChangeSetName"), self._get_param("StackName")
    for each in self.cloudformation_backend.change_sets.values():
        if name == each.change_set_id or (name == each.change_set_name and stack in (each.stack.name, each.stack.stack_id)):
            return each
    return None


def describe_change_set(self):
    found = change_set_of(self)
    if found is None:
        raise ChangeSetNotFound(f"ChangeSet [{self._get_param('ChangeSetName')}] does not exist")
    return ActionResult(found)


def delete_change_set(self):
    found = change_set_of(self)
    if found is not None:
        self.cloudformation_backend.delete_change_set(change_set_name=found.change_set_id)
    return EmptyResult()


CloudFormationResponse.describe_change_set = describe_change_set
CloudFormationResponse.delete_change_set = delete_change_set


# ---- every event of an operation carries the token that the operation was asked for with

asked = threading.local()
add_event = cfn.Stack._add_stack_event


def add_event_with_token(self, *args, **kwargs):
    add_event(self, *args, **kwargs)
    self.events[-1].client_request_token = getattr(asked, "token", None)


def with_token(method):
    def call(self):
        asked.token = self._get_param("ClientRequestToken")
        try:
            return method(self)
        finally:
            asked.token = None

    return call


cfn.Stack._add_stack_event = add_event_with_token
for operation in ("execute_change_set", "delete_stack"):
    setattr(CloudFormationResponse, operation, with_token(getattr(CloudFormationResponse, operation)))


# ---- an SSM parameter is shown by its name and, beside it, its value

show_parameters = cfn.Stack.parameter_list.fget


def with_resolved(stack, each):
    name, value = each["ParameterKey"], each["ParameterValue"]
    declared = stack.template_dict.get("Parameters", {}).get(name, {})
    if not declared.get("Type", "").startswith("AWS::SSM::Parameter::"):
        return each
    key = stack.parameters.get(name, declared.get("Default"))
    resolved = ",".join(value) if isinstance(value, list) else value
    return {"ParameterKey": name, "ParameterValue": key, "ResolvedValue": resolved}


cfn.Stack.parameter_list = property(lambda self: [with_resolved(self, each) for each in show_parameters(self)])


# ---- a VPC of a stack has the host names that its template asks for: without them no task gets a network card

vpc_create = vpcs.VPC.create_from_cloudformation_json


def create_vpc(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    vpc = vpc_create(resource_name, cloudformation_json, account_id, region_name, **kwargs)
    vpc.enable_dns_hostnames = str(cloudformation_json["Properties"].get("EnableDnsHostnames", False)).lower() == "true"
    return vpc


vpcs.VPC.create_from_cloudformation_json = classmethod(create_vpc)


# ---- images have no layers here, which is an answer; moto has none, and a failure of the service is asked again and again


def no_layer(self):
    raise JsonRESTError("LayersNotFoundException", "The specified layers could not be found.")


ECRResponse.get_download_url_for_layer = no_layer


# ---- parameters take their tags as CloudFormation writes them, a map; SSM itself has a list of pairs

ssm_create = ssm.Parameter.create_from_cloudformation_json


def create_parameter(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    p = cloudformation_json["Properties"]
    tags = [{"Key": key, "Value": value} for key, value in p.get("Tags", {}).items()]
    return ssm_create(resource_name, {**cloudformation_json, "Properties": {**p, "Tags": tags}}, account_id, region_name, **kwargs)


ssm.Parameter.create_from_cloudformation_json = classmethod(create_parameter)


# ---- service-linked roles have the names that AWS gives them: moto makes up `AWSServiceRoleForecs`

SERVICE_ROLES = {
    "ecs.amazonaws.com": "AWSServiceRoleForECS",
    "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
    "autoscaling.amazonaws.com": "AWSServiceRoleForAutoScaling",
    "ecs.application-autoscaling.amazonaws.com": "AWSServiceRoleForApplicationAutoScaling_ECSService",
}
create_service_linked_role = iam.IAMBackend.create_service_linked_role


def create_by_its_name(self, service_name, description, suffix):
    role = create_service_linked_role(self, service_name, description, suffix)
    role.name = SERVICE_ROLES.get(service_name, role.name)
    return role


iam.IAMBackend.create_service_linked_role = create_by_its_name


# ---- route tables go with their stack: moto leaves them there, and then nothing can delete their VPC


def delete_route_table(self, account_id, region_name):
    self.ec2_backend.route_tables.pop(self.id, None)


route_tables.RouteTable.delete = delete_route_table


# ---- a bucket keeps its versions, and a zone that is given VPCs is private: moto drops both from templates

create_bucket = s3.FakeBucket.create_from_cloudformation_json
create_zone = route53.FakeZone.create_from_cloudformation_json


def create_versioned(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    bucket = create_bucket(resource_name, cloudformation_json, account_id, region_name, **kwargs)
    bucket.versioning_status = cloudformation_json["Properties"].get("VersioningConfiguration", {}).get("Status")
    return bucket


def create_private(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    zone = create_zone(resource_name, cloudformation_json, account_id, region_name, **kwargs)
    for vpc in plain(cloudformation_json["Properties"].get("VPCs", [])):
        zone.private_zone = True
        zone.add_vpc(vpc["VPCId"], vpc["VPCRegion"])
    return zone


s3.FakeBucket.create_from_cloudformation_json = classmethod(create_versioned)
route53.FakeZone.create_from_cloudformation_json = classmethod(create_private)


# ---- the platform of an environment: network, names, cluster, bucket, and the parameters that apps read


def make_ground(environment, account="123456789012", region="us-east-1"):
    from moto.ec2 import ec2_backends
    from moto.route53 import route53_backends
    from moto.s3 import s3_backends
    from moto.ssm import ssm_backends

    ec2 = ec2_backends[account][region]
    vpc = ec2.create_vpc("10.0.0.0/16")
    vpc.enable_dns_hostnames = True
    subnets = [ec2.create_subnet(vpc.id, f"10.0.{n}.0/24", availability_zone=f"{region}{zone}") for n, zone in enumerate("ab")]
    group = ec2.create_security_group(f"app-tasks-{environment}", "tasks", vpc_id=vpc.id)
    zone = route53_backends[account]["aws"].create_hosted_zone(
        name="empire", private_zone=True, caller_reference=environment, vpcid=vpc.id, vpcregion=region
    )
    cluster = ecs.ecs_backends[account][region].create_cluster(f"empire-{environment}")
    ids = ",".join(subnet.id for subnet in subnets)
    published = {
        "vpc-id": vpc.id,
        "vpc-cidr": "10.0.0.0/16",
        "public-subnets": ids,
        "private-subnets": ids,
        "app-tasks-group": group.id,
        "cluster-name": cluster.name,
        "zone-id": zone.id.removeprefix("/hostedzone/"),
    }
    for name, value in published.items():
        put_parameter(ssm_backends[account][region], f"/empire/{environment}/{name}", value)
    s3_backends[account]["aws"].create_bucket(f"empire-{environment}-releases-{account}-{region}", region)


def put_parameter(ssm, name, value):
    ssm.put_parameter(
        name=name,
        description="",
        value=value,
        parameter_type="String",
        allowed_pattern="",
        keyid=None,
        overwrite=True,
        tags=[],
        data_type="text",
        tier="Standard",
        policies=None,
    )


if __name__ == "__main__":
    from moto.server import main

    for environment in os.environ.get("EMPIRE_GROUND", "").split():
        make_ground(environment)
    main(sys.argv[1:])
