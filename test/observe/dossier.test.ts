import { expect } from 'chai';
import type { JsonObject } from '../../lib/model/json.js';
import type { TaskState } from '../../lib/model/windows.js';
import { examineFailure, examineTask, type FailureFacts } from '../../lib/observe/index.js';
import { given, NONE } from '../support/model-apps.js';
import {
  AT,
  event,
  GROUP,
  NEW,
  type Recorded,
  recordedWindows,
  STACK_SERVICES,
  service,
  stopped,
  TOKEN,
} from '../support/recorded.js';

const BREAKER = `Resource handler returned message: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'." (RequestToken: 0f1e2d3c-0000, HandlerErrorCode: GeneralServiceException)`;

const TEMPLATE: JsonObject = {
  Resources: {
    WebTaskDefinition: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Family: 'empire-acme-inc_web',
        Cpu: '256',
        Memory: '512',
        RuntimePlatform: { CpuArchitecture: 'X86_64' },
        ContainerDefinitions: [{ Name: 'web', Image: 'remind101/acme-inc@sha256:beef', PortMappings: [{ ContainerPort: 8080 }] }],
      },
    },
    WebTargetGroup: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: {
        HealthCheckPath: '/health',
        Matcher: { HttpCode: '200-299' },
        Tags: [{ Key: 'empire:process', Value: 'web' }],
      },
    },
  },
};

const FACTS: FailureFacts = {
  stack: 'empire-acme-inc',
  token: given(TOKEN),
  since: AT,
  sourceMap: given({
    stack: 'empire-acme-inc',
    resources: {
      WebTaskDefinition: {
        type: 'AWS::ECS::TaskDefinition',
        from: ['apps/acme-inc/Procfile:1:1'],
        properties: {
          'ContainerDefinitions/0/Image': 'apps/acme-inc/image:1:1',
          'ContainerDefinitions/0/Command': 'apps/acme-inc/Procfile:1:6',
          'ContainerDefinitions/0/Secrets/0': 'apps/acme-inc/secrets:1:1',
          Memory: 'apps/acme-inc/scale:1:7',
        },
      },
      WebService: { type: 'AWS::ECS::Service', from: ['apps/acme-inc/Procfile:1:1'], properties: {} },
      WebTargetGroup: {
        type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        from: ['apps/acme-inc/Procfile:1:1'],
        properties: { HealthCheckPath: 'apps/acme-inc/Procfile:3:11' },
      },
      LogGroup: { type: 'AWS::Logs::LogGroup', from: ['default'], properties: {} },
      PublicListener443: { type: 'AWS::ElasticLoadBalancingV2::Listener', from: ['apps/acme-inc/domains:1:1'], properties: {} },
    },
  }),
  template: given(TEMPLATE),
  services: STACK_SERVICES,
  changes: ['web: image v1 → v2'],
};

/** A deploy whose service did not come up: the breaker stopped it, and the others were cancelled with it. */
const FAILED_UPDATE = [
  event(0, 'empire-acme-inc', 'AWS::CloudFormation::Stack', 'UPDATE_IN_PROGRESS', 'User Initiated'),
  event(3, 'WebTaskDefinition', 'AWS::ECS::TaskDefinition', 'UPDATE_COMPLETE', '', NEW),
  event(5, 'WebService', 'AWS::ECS::Service', 'UPDATE_IN_PROGRESS'),
  event(90, 'WorkerService', 'AWS::ECS::Service', 'UPDATE_FAILED', 'Resource update cancelled'),
  event(91, 'WebService', 'AWS::ECS::Service', 'UPDATE_FAILED', BREAKER),
  event(
    92,
    'empire-acme-inc',
    'AWS::CloudFormation::Stack',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'The following resource(s) failed to update: [WebService].',
  ),
];

const failedService = (recorded: Recorded) => examineFailure(recordedWindows({ events: FAILED_UPDATE, ...recorded }), FACTS);

describe('why a release failed: a task that died', () => {
  const cases: readonly [string, Partial<TaskState>, string, string][] = [
    ['crashed', {}, 'web crashed with exit code 1 6 s after its start', 'apps/acme-inc/Procfile:1:6'],
    [
      'its command is not in the image',
      { containers: [{ name: 'web', status: 'STOPPED', exitCode: given(127), reason: NONE }] },
      'web crashed with exit code 127 6 s after its start: its command was not found in the image',
      'apps/acme-inc/Procfile:1:6',
    ],
    [
      'ended by itself',
      { containers: [{ name: 'web', status: 'STOPPED', exitCode: given(0), reason: NONE }] },
      'web ended by itself 6 s after its start (exit code 0), and a process must keep running',
      'apps/acme-inc/Procfile:1:6',
    ],
    [
      'out of memory',
      {
        containers: [
          {
            name: 'web',
            status: 'STOPPED',
            exitCode: given(137),
            reason: given('OutOfMemoryError: Container killed due to memory usage'),
          },
        ],
      },
      'web used more than its 512 MiB of memory',
      'apps/acme-inc/scale:1:7',
    ],
    [
      'killed',
      { containers: [{ name: 'web', status: 'STOPPED', exitCode: given(137), reason: NONE }] },
      'web was killed (exit code 137), most likely for using more than its 512 MiB of memory',
      'apps/acme-inc/scale:1:7',
    ],
    [
      'image not there',
      {
        stopCode: given('TaskFailedToStart'),
        stoppedReason: given(
          'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/remind101/acme-inc@sha256:beef: not found',
        ),
        containers: [{ name: 'web', status: 'STOPPED', exitCode: NONE, reason: NONE }],
      },
      'the image of web (remind101/acme-inc@sha256:beef) cannot be pulled: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/remind101/acme-inc@sha256:beef: not found',
      'apps/acme-inc/image:1:1',
    ],
    [
      'no way to ECR',
      {
        stopCode: given('TaskFailedToStart'),
        stoppedReason: given(
          'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post "https://api.ecr.us-east-1.amazonaws.com/": dial tcp 10.0.1.5:443: i/o timeout',
        ),
        containers: [],
      },
      'the image of web (remind101/acme-inc@sha256:beef) cannot be pulled: service call has been retried 3 time(s): RequestError: send request failed caused by: Post "https://api.ecr.us-east-1.amazonaws.com/": dial tcp 10.0.1.5:443: i/o timeout',
      'apps/acme-inc/image:1:1',
    ],
    [
      'wrong processor',
      {
        stopCode: given('TaskFailedToStart'),
        stoppedReason: given(
          "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
        ),
        containers: [],
      },
      'the image of web is not built for x86_64',
      'apps/acme-inc/image:1:1',
    ],
    [
      'secret not allowed',
      {
        stopCode: given('TaskFailedToStart'),
        stoppedReason: given(
          'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:us-east-1:123456789012:secret:acme/db-AbCdEf from secrets manager: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/x is not authorized to perform: secretsmanager:GetSecretValue',
        ),
        containers: [],
      },
      'web may not read the secret `arn:aws:secretsmanager:us-east-1:123456789012:secret:acme/db-AbCdEf`',
      'apps/acme-inc/secrets:1:1',
    ],
    [
      'secret not there',
      {
        stopCode: given('TaskFailedToStart'),
        stoppedReason: given(
          'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: /acme/DATABASE_URL',
        ),
        containers: [],
      },
      'the secret `/acme/DATABASE_URL` of web does not exist',
      'apps/acme-inc/secrets:1:1',
    ],
    [
      'container check',
      { stoppedReason: given('Task failed container health checks'), containers: [] },
      'the health check inside the container of web fails',
      'apps/acme-inc/Procfile:1:1',
    ],
    [
      'capacity',
      {
        stopCode: given('TaskFailedToStart'),
        stoppedReason: given('Capacity is unavailable at this time. Please try again later or in a different availability zone'),
        containers: [],
      },
      'web finds no room for its tasks: Capacity is unavailable at this time',
      'apps/acme-inc/Procfile:1:1',
    ],
    [
      'no way to the secrets',
      {
        stopCode: given('TaskFailedToStart'),
        stoppedReason: given(
          'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: context deadline exceeded',
        ),
        containers: [],
      },
      'web could not read a secret: ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: context deadline exceeded',
      'apps/acme-inc/secrets:1:1',
    ],
    [
      'program not in the image',
      {
        stopCode: given('TaskFailedToStart'),
        stoppedReason: given(
          'CannotStartContainerError: Error response from daemon: failed to create shim task: exec: "serve": executable file not found in $PATH: unknown',
        ),
        containers: [],
      },
      'a task of web could not start: CannotStartContainerError: Error response from daemon: failed to create shim task: exec: "serve": executable file not found in $PATH: unknown',
      'apps/acme-inc/Procfile:1:6',
    ],
    [
      'Spot taken away',
      { stopCode: given('SpotInterruption'), stoppedReason: given('Your Spot Task was interrupted.'), containers: [] },
      'a Spot task of web was taken away',
      'apps/acme-inc/Procfile:1:1',
    ],
    [
      'a container without exit code',
      { containers: [{ name: 'web', status: 'STOPPED', exitCode: NONE, reason: NONE }] },
      'a container of web stopped',
      'apps/acme-inc/Procfile:1:6',
    ],
  ];
  for (const [name, changes, text, place] of cases)
    it(name, async () => {
      const dossier = await failedService({ stopped: [stopped(20, changes)] });
      expect(dossier.cause).to.equal(text);
      expect(dossier.place).to.deep.equal(given(place));
      expect(dossier.process).to.deep.equal(given('web'));
      expect(dossier.advice).not.to.have.length(0);
    });

  it('shows the last log lines of the task that died first, not of the last one', async () => {
    const dossier = await failedService({
      stopped: [stopped(60, { stoppedReason: given('Essential container in task exited') }), stopped(20, {})],
      logs: {
        'web/web/0123456789abcdef0123456789abcd20': ['booting', 'KeyError: DATABASE_URL'],
        'web/web/0123456789abcdef0123456789abcd60': ['something else'],
      },
    });
    const lines = dossier.evidence.filter(({ from }) => from === 'log').map(({ text }) => text);
    expect(lines).to.deep.equal(['booting', 'KeyError: DATABASE_URL']);
  });

  it('takes no notice of tasks of the old definition and of those that were scaled in', async () => {
    const dossier = await failedService({
      stopped: [
        stopped(10, { taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/empire-acme-inc_web:6' }),
        stopped(15, { stoppedReason: given('Scaling activity initiated by (deployment ecs-svc/2)'), containers: [] }),
        stopped(30, { containers: [{ name: 'web', status: 'STOPPED', exitCode: given(3), reason: NONE }] }),
      ],
    });
    expect(dossier.cause).to.contain('exit code 3');
  });

  it('names a sidecar that took the task with it', async () => {
    const containers = [
      { name: 'web', status: 'STOPPED', exitCode: given(143), reason: NONE },
      { name: 'proxy', status: 'STOPPED', exitCode: given(2), reason: NONE },
    ];
    const dossier = await failedService({ stopped: [stopped(20, { containers })] });
    expect(dossier.cause).to.equal('proxy, a container of web, crashed with exit code 2 6 s after its start');
  });

  it('says wrong processor when only the log knows it', async () => {
    const dossier = await failedService({
      stopped: [stopped(20, {})],
      logs: { 'web/web/0123456789abcdef0123456789abcd20': ['exec /bin/server: exec format error'] },
    });
    expect(dossier.cause).to.equal('the image of web is not built for x86_64');
  });
});

describe('why a release failed: a load balancer that gave up', () => {
  const unhealthy = (reason: string): Recorded => ({
    stopped: [
      stopped(40, {
        stoppedReason: given(`Task failed ELB health checks in (target-group ${GROUP})`),
        stopCode: given('ServiceSchedulerInitiated'),
        containers: [],
      }),
    ],
    services: [
      service({
        events: [
          { id: '2', at: AT + 41_000, message: '(service empire-acme-inc-WebService-1) has stopped 1 running tasks' },
          {
            id: '1',
            at: AT + 40_000,
            message: `(service empire-acme-inc-WebService-1) (port 8080) is unhealthy in (target-group ${GROUP}) due to (reason ${reason})`,
          },
        ],
      }),
    ],
  });
  const cases = [
    [
      'Health checks failed with these codes: [503]',
      'web answers its health check with 503 on /health; 200-299 was expected',
      'apps/acme-inc/Procfile:3:11',
    ],
    ['Request timed out', 'web does not answer its health check on /health in time', 'apps/acme-inc/Procfile:1:1'],
    [
      'Health checks failed',
      'web does not listen on port 8080: its health check on /health gets no connection',
      'apps/acme-inc/Procfile:1:1',
    ],
  ] as const;
  for (const [reason, text, place] of cases)
    it(reason, async () => {
      const dossier = await failedService(unhealthy(reason));
      expect(dossier.cause).to.equal(text);
      expect(dossier.place).to.deep.equal(given(place));
      expect(dossier.evidence.map(({ from }) => from)).to.deep.equal(['cloudformation', 'task', 'service']);
    });

  it('is told from the targets when the tasks still run, as when the time is up', async () => {
    const dossier = await examineFailure(
      recordedWindows({
        events: FAILED_UPDATE.slice(0, 3),
        health: [
          {
            target: '10.0.1.7',
            state: 'unhealthy',
            code: given('Target.ResponseCodeMismatch'),
            description: given('Health checks failed with these codes: [404]'),
          },
        ],
      }),
      FACTS,
    );
    expect(dossier.cause).to.equal('web answers its health check with 404 on /health; 200-299 was expected');
    expect(dossier.evidence.map(({ text }) => text)).to.deep.equal([
      'target 10.0.1.7 is unhealthy: Target.ResponseCodeMismatch, Health checks failed with these codes: [404]',
    ]);
  });

  it('is too slow when its tasks only came late, and says how far they came', async () => {
    const stopping = { stoppedReason: given('Scaling activity initiated by (deployment ecs-svc/1)'), containers: [] };
    const dossier = await failedService({
      stopped: [stopped(50, stopping), stopped(70, { ...stopping, startedAt: NONE })],
    });
    expect(dossier.cause).to.equal('web did not become steady in time');
    expect(dossier.evidence.slice(1).map(({ text }) => text)).to.deep.equal([
      'task 01234567 started after 6 s and ran for 6 s',
      'task 01234567 was stopped before it had started',
    ]);
  });

  it('tells of tasks that died in the same way once', async () => {
    const dossier = await failedService({ stopped: [stopped(20, {}), stopped(40, {}), stopped(60, {})] });
    expect(dossier.evidence.filter(({ from }) => from === 'task').map(({ text }) => text)).to.deep.equal([
      'task 01234567 stopped: Essential container in task exited (web: exit code 1); 2 more in the same way',
    ]);
  });

  it('is too slow when nothing else is known', async () => {
    const dossier = await examineFailure(recordedWindows({ events: FAILED_UPDATE.slice(0, 3) }), FACTS);
    expect(dossier.cause).to.equal('web did not become steady in time');
  });

  it('is no capacity when ECS says so', async () => {
    const message =
      '(service empire-acme-inc-WebService-1) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.';
    const dossier = await failedService({ services: [service({ events: [{ id: '1', at: AT + 9000, message }] })] });
    expect(dossier.cause).to.equal(
      'web finds no room for its tasks: no container instance met all of its requirements. Reason: No Container Instances were found in your cluster',
    );
  });
});

describe('why a release failed: a resource', () => {
  const failed = (id: string, type: string, reason: string) =>
    examineFailure(
      recordedWindows({
        events: [
          event(1, 'WorkerService', 'AWS::ECS::Service', 'CREATE_FAILED', 'Resource creation cancelled'),
          event(2, id, type, 'CREATE_FAILED', reason),
          event(3, 'WebService', 'AWS::ECS::Service', 'CREATE_FAILED', 'Resource creation cancelled'),
        ],
      }),
      FACTS,
    );
  const cases = [
    [
      'permission',
      'AWS::Logs::LogGroup',
      'Resource handler returned message: "User: arn:aws:sts::123456789012:assumed-role/ci/x is not authorized to perform: logs:CreateLogGroup on resource: arn:aws:logs:us-east-1:123456789012:log-group:/empire/default/acme-inc because no identity-based policy allows the logs:CreateLogGroup action (Service: CloudWatchLogs, Status Code: 400, Request ID: 1)" (RequestToken: 1, HandlerErrorCode: AccessDenied)',
      'LogGroup could not be made or changed: no permission for `logs:CreateLogGroup` on `arn:aws:logs:us-east-1:123456789012:log-group:/empire/default/acme-inc`',
    ],
    [
      'quota',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'Resource handler returned message: "The maximum number of load balancers has been reached (Service: ElasticLoadBalancingV2, Status Code: 400, Request ID: 1)" (RequestToken: 1, HandlerErrorCode: ServiceLimitExceeded)',
      'a quota of the account is reached at LogGroup: The maximum number of load balancers has been reached',
    ],
    [
      'name taken',
      'AWS::Logs::LogGroup',
      'Resource of type \'AWS::Logs::LogGroup\' with identifier \'{"/properties/LogGroupName":"/empire/default/acme-inc"}\' already exists.',
      'a name that LogGroup needs is taken: Resource of type \'AWS::Logs::LogGroup\' with identifier \'{"/properties/LogGroupName":"/empire/default/acme-inc"}\' already exists',
    ],
    [
      'bad parameter',
      'AWS::ECS::TaskDefinition',
      'Resource handler returned message: "Invalid request provided: Create TaskDefinition: No Fargate configuration exists for given values (Service: AmazonECS; Status Code: 400)" (RequestToken: 1, HandlerErrorCode: InvalidRequest)',
      'AWS refuses a value of LogGroup: Invalid request provided: Create TaskDefinition: No Fargate configuration exists for given values',
    ],
    [
      'throttled',
      'AWS::EC2::SecurityGroup',
      'Rate exceeded',
      'AWS was asked too often while it worked on LogGroup: Rate exceeded',
    ],
    ['unknown', 'AWS::EC2::SecurityGroup', 'Internal Failure', 'LogGroup failed: Internal Failure'],
    ['no reason', 'AWS::EC2::SecurityGroup', '', 'LogGroup failed: CloudFormation gives no reason'],
  ] as const;
  for (const [name, type, reason, text] of cases)
    it(name, async () => {
      const dossier = await failed('LogGroup', type, reason);
      expect(dossier.cause).to.equal(text);
      expect(dossier.resource).to.deep.equal(given('LogGroup'));
      expect(dossier.place).to.deep.equal(NONE);
      expect(dossier.changes).to.deep.equal(['web: image v1 → v2']);
    });

  it('a certificate that is not validated, with the line of the domain', async () => {
    const dossier = await failed(
      'PublicListener443',
      'AWS::ElasticLoadBalancingV2::Listener',
      'Resource handler returned message: "Certificate ARN \'arn:aws:acm:us-east-1:123456789012:certificate/1\' is not valid" (RequestToken: 1, HandlerErrorCode: InvalidRequest)',
    );
    expect(dossier.cause).to.match(/^PublicListener443 does not take its certificate: /);
    expect(dossier.place).to.deep.equal(given('apps/acme-inc/domains:1:1'));
  });
});

describe('why nobody knows', () => {
  it('is said, with the place to look', async () => {
    const services = { ...STACK_SERVICES, services: {}, resources: [] };
    const dossier = await examineFailure(recordedWindows({}), { ...FACTS, token: NONE, services });
    expect(dossier).to.deep.include({ cause: 'nothing that was looked at says why', evidence: [], place: NONE, resource: NONE });
    expect(dossier.advice).to.deep.equal(['look at the events of the stack in the console']);
  });

  it('is still a service that CloudFormation names, when ECS says nothing of it', async () => {
    const services = { ...STACK_SERVICES, cluster: NONE, services: {}, resources: [] };
    const dossier = await examineFailure(recordedWindows({ events: FAILED_UPDATE }), { ...FACTS, services });
    expect(dossier.cause).to.match(/^WebService failed: Error occurred during operation/);
  });
});

describe('why a release process failed', () => {
  it('names exit code and shows its last lines', async () => {
    const task = stopped(20, { containers: [{ name: 'release', status: 'STOPPED', exitCode: given(1), reason: NONE }] });
    const windows = recordedWindows({ logs: { [`release/release/${task.id}`]: ['migrating', 'relation "users" exists'] } });
    const dossier = await examineTask(windows, task, { ...FACTS, process: 'release' });
    expect(dossier.cause).to.equal('the release process crashed with exit code 1 6 s after its start');
    expect(dossier.evidence.at(-1)).to.deep.equal({ from: 'release process', at: NONE, text: 'relation "users" exists' });
  });
});
