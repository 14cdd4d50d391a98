"""What moto's IAM enforcement lacks, and a list of the calls that were made.

Switched on (`POST /moto-api/reset-auth`), moto asks of each request whether the caller's policies allow its action, but outside S3
and SQS always on the resource `*`, which no least-privilege policy allows. Here each request is asked about on the resources that
AWS's service authorization reference names for it, and once more as `iam:PassRole` for every role that it hands over.

Conditions stay as moto has them: it ignores every one. What CloudFormation does in the caller's name is asked of nobody.

EMPIRE_CALLS=file: a line of JSON for each call, whether anybody is asked for permission or not.
"""

import json
import os
from urllib.parse import unquote

from moto.cloudformation import models as cfn
from moto.core import authorization
from moto.core.exceptions import AccessDeniedError, JsonRESTError
from moto.ecs import models as ecs
from moto.iam import models as iam
from moto.iam.access_control import IAMRequest, S3IAMRequest

CALLS = os.environ.get("EMPIRE_CALLS")


def request_of(self):
    """The parameters of a request, in whichever protocol it came."""
    try:
        parsed = json.loads(self.body or "{}")
        if isinstance(parsed, dict) and parsed:
            return parsed
    except (TypeError, ValueError):
        pass
    return {key: value[0] if isinstance(value, list) else value for key, value in self.querystring.items()}


def arn(self, service, rest, region=None):
    return f"arn:aws:{service}:{self.region if region is None else region}:{self.current_account}:{rest}"


def full(self, name, service, rest, region=None):
    return name if name.startswith("arn:") else arn(self, service, rest.format(name.lstrip("/")), region)


# ---- https://docs.aws.amazon.com/service-authorization/latest/reference/


def stack_resources(self, action, p):
    """A change set is asked about as the stack it is of."""
    name, change_set = p.get("StackName"), p.get("ChangeSetName", "")
    backend = cfn.cloudformation_backends[self.current_account][self.region]
    if name is None and change_set.startswith("arn:"):
        found = [each for each in backend.change_sets.values() if each.change_set_id == change_set]
        name = found[0].stack.stack_id if found else None
    if name is None:
        return ["*"]
    if name.startswith("arn:"):
        return [name]
    known = [stack.stack_id for stack in backend.stacks.values() if stack.name == name]
    return known[:1] or [arn(self, "cloudformation", f"stack/{name}/new")]


def ecs_resources(self, action, p):
    cluster = (p.get("cluster") or "default").split("/")[-1]
    if action == "DescribeServices":
        return [full(self, name, "ecs", f"service/{cluster}/{{}}") for name in p["services"]]
    if action == "DescribeTasks":
        return [full(self, name, "ecs", f"task/{cluster}/{{}}") for name in p["tasks"]]
    if action in ("StopTask", "ExecuteCommand"):
        return [full(self, p["task"], "ecs", f"task/{cluster}/{{}}")]
    if action in ("UpdateService", "DeleteService"):
        return [full(self, p["service"], "ecs", f"service/{cluster}/{{}}")]
    if action == "RunTask":
        return [full(self, p["taskDefinition"], "ecs", "task-definition/{}")]
    if action == "RegisterTaskDefinition":
        return [arn(self, "ecs", f"task-definition/{p['family']}:1")]
    if action == "DescribeClusters":
        return [full(self, name, "ecs", "cluster/{}") for name in p["clusters"]]
    if action == "DeleteCluster":
        return [full(self, p["cluster"], "ecs", "cluster/{}")]
    return ["*"]


def ssm_resources(self, action, p):
    names = p.get("Names") or ([p["Name"]] if "Name" in p else [])
    return [full(self, name, "ssm", "parameter/{}") for name in names] or ["*"]


def log_resources(self, action, p):
    if "logGroupName" not in p:
        return ["*"]
    stream = f":log-stream:{p['logStreamName']}" if "logStreamName" in p else ""
    return [arn(self, "logs", f"log-group:{p['logGroupName']}{stream}")]


def iam_resources(self, action, p):
    if "RoleName" in p:
        return [arn(self, "iam", f"role/{p['RoleName']}", "")]
    return [arn(self, "iam", f"user/{p['UserName']}", "")] if "UserName" in p else ["*"]


RESOURCES = {
    "cloudformation": stack_resources,
    "ecs": ecs_resources,
    "ssm": ssm_resources,
    "logs": log_resources,
    "iam": iam_resources,
    "ecr": lambda self, action, p: [arn(self, "ecr", f"repository/{p['repositoryName']}")] if "repositoryName" in p else ["*"],
    "secretsmanager": lambda self, action, p: [full(self, p["SecretId"], "secretsmanager", "secret:{}-AbCdEf")],
    "ec2": lambda self, action, p: [arn(self, "ec2", f"vpc/{p['VpcId']}")] if action == "DeleteVpc" else ["*"],
    "acm": lambda self, action, p: [p.get("CertificateArn", "*")],
    "route53": lambda self, action, p: [f"arn:aws:route53:::{unquote(self.path).split('/2013-04-01/')[-1].removesuffix('/rrset')}"],
}

GIVEN_TO = {"cloudformation": "cloudformation.amazonaws.com", "ecs": "ecs-tasks.amazonaws.com"}


def passed_roles(self, service, action, p):
    overrides = p.get("overrides") or {}
    definition = None
    if service == "ecs" and action == "RunTask":
        known = ecs.ecs_backends[self.current_account][self.region].task_definitions.get(p["taskDefinition"].split("/")[-1].split(":")[0])
        definition = list(known.values())[-1] if known else None
    roles = [
        *([definition.task_role_arn, definition.execution_role_arn] if definition else []),
        *([p.get("RoleARN")] if service == "cloudformation" else []),
        *([p.get("taskRoleArn"), p.get("executionRoleArn"), overrides.get("taskRoleArn")] if service == "ecs" else []),
        *([overrides.get("executionRoleArn")] if service == "ecs" else []),
    ]
    return [role for role in roles if role]


def record(action, resource, context, caller):
    if CALLS:
        with open(CALLS, "a") as file:
            file.write(json.dumps({"caller": caller, "action": action, "resource": resource, "context": context}) + "\n")


def caller_of(self):
    """The access key: whoever it is asked of knows whose it is."""
    return self.headers.get("Authorization", "").partition("Credential=")[2].partition("/")[0]


class Passing(IAMRequest):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._action = "iam:PassRole"


ask = authorization.ActionAuthenticatorMixin._authenticate_and_authorize_action


def ask_in_json(self, request, resource):
    """Refusals are XML in moto, which nobody can read who asked in JSON."""
    try:
        ask(self, request, resource)
    except AccessDeniedError as refusal:
        if "X-Amz-Target" not in self.headers:
            raise
        raise JsonRESTError(refusal.error_type, refusal.message) from refusal


def service_of(self):
    return self.headers.get("Authorization", "").partition("Credential=")[2].partition(",")[0].split("/")[3:4]


def ask_and_record(self, iam_request_cls, resource="*"):
    service = service_of(self)
    if service == ["s3"]:
        action = self._get_action()
        action = action[0] if isinstance(action, list) else action
        # moto asks by the name of the call.
        action = self.data["Action"] = {"HeadBucket": "ListBucket", "HeadObject": "GetObject"}.get(action, action)
        record(f"s3:{action}", resource, {}, caller_of(self))
    ask(self, iam_request_cls, resource)


def ask_about_resources(self, resource="*"):
    service = (service_of(self) or [""])[0]
    action, p = self._get_action(), request_of(self)
    context = {}
    if service == "ecs" and p.get("cluster"):
        context = {"ecs:cluster": full(self, p["cluster"], "ecs", "cluster/{}")}
    for each in RESOURCES.get(service, lambda *_: ["*"])(self, action, p):
        record(f"{service}:{action}", each, context, caller_of(self))
        ask_in_json(self, IAMRequest, each)
    for role in passed_roles(self, service, action, p):
        record("iam:PassRole", role, {"iam:PassedToService": GIVEN_TO[service]}, caller_of(self))
        ask_in_json(self, Passing, role)


# moto signs an S3 address as it decoded it, so an escaped one never fits; whose the key is, is enough here.
S3IAMRequest.check_signature = lambda self: None
authorization.ActionAuthenticatorMixin._authenticate_and_authorize_action = ask_and_record
authorization.ActionAuthenticatorMixin._authenticate_and_authorize_normal_action = ask_about_resources


# ---- a role that a stack makes carries the policies that its template attaches

make_role = iam.Role.create_from_cloudformation_json


def make_role_with_policies(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    role = make_role(resource_name, cloudformation_json, account_id, region_name, **kwargs)
    backend = iam.iam_backends[account_id]["aws"]
    for policy in cloudformation_json["Properties"].get("ManagedPolicyArns", []):
        backend.attach_role_policy(getattr(policy, "physical_resource_id", policy), role.name)
    return role


iam.Role.create_from_cloudformation_json = classmethod(make_role_with_policies)
