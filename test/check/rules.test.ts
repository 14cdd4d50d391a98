import { expect } from 'chai';
import { covers } from '../../lib/check/certificates.js';
import { checkInput, firstRefusal, RULES, runChecks } from '../../lib/check/index.js';
import { Failure } from '../../lib/failure.js';
import type { App, Image, Secret } from '../../lib/model/app.js';
import type { CheckResult } from '../../lib/model/check.js';
import type { Given } from '../../lib/model/given.js';
import type { Platform } from '../../lib/model/platform.js';
import type { ResolvedImage, StackState, StackStatus, Windows } from '../../lib/model/windows.js';
import { app, given, IMAGE, NONE, PLACE, PLATFORM, web } from '../support/model-apps.js';

const CALLER = {
  account: '123456789012',
  arn: 'arn:aws:sts::123456789012:assumed-role/ci/me',
  region: 'us-east-1',
  partition: 'aws',
};
const FOUND: ResolvedImage = { kind: 'found', digest: 'sha256:1', architectures: ['x86_64'], login: 'anonymous' };

interface World {
  readonly app?: App;
  readonly platform?: Partial<Platform>;
  readonly image?: ResolvedImage;
  readonly stack?: Given<StackState>;
  readonly bucket?: boolean | Failure;
  readonly published?: boolean;
  /** Names of secrets and parameters that are there. */
  readonly secrets?: readonly string[];
  readonly certificate?: Given<{ readonly status: string; readonly names: readonly string[] }>;
}

const TEMPLATE = { Parameters: { Vpc: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/empire/default/vpc-id' } } };

/** The answers of one rule in a small world. */
async function ask(name: string, world: World): Promise<readonly CheckResult[]> {
  const { secrets = [], bucket = true } = world;
  const windows = {
    stacks: { describe: async () => world.stack ?? NONE },
    store: {
      exists: async () => {
        if (bucket instanceof Failure) throw bucket;
        return bucket;
      },
    },
    registry: { resolve: async () => world.image ?? FOUND },
    parameters: {
      existing: async (names: readonly string[]) => new Set(names.filter((each) => secrets.includes(each))),
      values: async (names: readonly string[]) =>
        Object.fromEntries(
          names
            .filter((each) => secrets.includes(each) || (each === '/empire/default/vpc-id' && world.published !== false))
            .map((each) => [each, 'x']),
        ),
    },
    secrets: { exists: async (secret: string) => secrets.includes(secret) },
    certificates: { describe: async () => world.certificate ?? NONE },
  } as unknown as Windows;
  const facts = {
    windows,
    place: PLACE,
    caller: CALLER,
    platform: { ...PLATFORM, ...world.platform },
    app: world.app ?? app([web()]),
    origins: new Map(),
  };
  return (await runChecks(checkInput(facts, TEMPLATE))).filter((each) => each.name === name);
}

/** `NO code: text` of the only answer. */
async function answer(name: string, world: World): Promise<string> {
  const answers = await ask(name, world);
  expect(answers).to.have.length(1);
  const [{ answer: said, code, text }] = answers as [CheckResult];
  return `${said}${code === '' ? '' : ` ${code}`}: ${text}`;
}

const image = (changes: Partial<Image>): App => app([web()], { image: { ...IMAGE, ...changes } as Image });
const ecr = (account: string): Partial<Image> => ({
  registry: { kind: 'ecr', host: `${account}.dkr.ecr.us-east-1.amazonaws.com`, account, region: 'us-east-1', partition: 'aws' },
});
const credentials: Partial<Image> = { credentials: given({ kind: 'secretsmanager', secret: 'hub-login', key: NONE } as const) };
const stack = (status: StackStatus, ours = true): Given<StackState> =>
  given({
    id: 'arn',
    name: 'empire-acme-inc',
    status,
    reason: NONE,
    parameters: ours ? [{ name: 'Release', value: 'v1', resolved: NONE }] : [],
    outputs: {},
    createdAt: 0,
    updatedAt: NONE,
  });
const secret = (reference: Secret['reference']): App => app([web()], { secrets: [{ name: 'KEY', reference }] });
const domain = (name: string, arn: string): App => {
  const exposed = web();
  if (exposed.exposure.kind !== 'http') throw new Error('web is not exposed');
  const domains = [{ name, certificate: { kind: 'arn', arn } as const, zone: NONE }];
  return app([web({ exposure: { ...exposed.exposure, domains } })]);
};
const ARN = 'arn:aws:acm:us-east-1:123456789012:certificate/1';

describe('checks', () => {
  const cases: readonly [string, string, World, string][] = [
    ['account', 'of nobody in particular', {}, 'OK: as arn:aws:sts::123456789012:assumed-role/ci/me'],
    [
      'account',
      'of another one',
      { platform: { account: given('999999999999') } },
      'NO account-wrong: the environment is in the account 999999999999, but these credentials are of 123456789012',
    ],
    [
      'account',
      'in another region',
      { platform: { region: given('eu-west-1') } },
      'NO region-wrong: the environment is in eu-west-1, not in us-east-1',
    ],
    ['platform', 'that is there', {}, 'OK: publishes what the app needs'],
    ['platform', 'that is not', { published: false }, 'NO platform-missing: it is not deployed in this account and region'],
    ['bucket', 'that is there', {}, 'OK: releases are kept there'],
    ['bucket', 'that was deleted', { bucket: false }, 'NO bucket-missing: the bucket that keeps the releases is not there'],
    [
      'bucket',
      'of a platform that is not there',
      { bucket: false, published: false },
      'SKIP: the platform, which makes it, is not deployed',
    ],
    ['stack-ours', 'before the first release', {}, 'OK: the name is free: the first release makes it'],
    ['stack-ours', 'of ours', { stack: stack('UPDATE_COMPLETE') }, 'OK: made by Empire'],
    [
      'stack-ours',
      'that was only begun, and says no parameters',
      { stack: stack('REVIEW_IN_PROGRESS', false) },
      'OK: begun and never made: the next release makes it',
    ],
    [
      'stack-ours',
      'of somebody else',
      { stack: stack('UPDATE_COMPLETE', false) },
      'NO stack-foreign: somebody else made a stack of this name: it has no parameter `Release`',
    ],
    ['stack-state', 'of no stack', {}, 'SKIP: there is no stack yet'],
    ['stack-state', 'at rest', { stack: stack('UPDATE_COMPLETE') }, 'OK: UPDATE_COMPLETE: ready'],
    [
      'stack-state',
      'of a stack that changes',
      { stack: stack('UPDATE_IN_PROGRESS') },
      'OK: UPDATE_IN_PROGRESS: a release waits until it is done',
    ],
    [
      'stack-state',
      'stuck in its way back',
      { stack: stack('UPDATE_ROLLBACK_FAILED') },
      'OK: UPDATE_ROLLBACK_FAILED: the next release continues the rollback first',
    ],
    [
      'stack-state',
      'without a way forward',
      { stack: stack('IMPORT_ROLLBACK_FAILED') },
      'NO stack-stuck: IMPORT_ROLLBACK_FAILED: a release cannot go on from here',
    ],
    ['image-exists', 'that is there', {}, 'OK: sha256:1'],
    [
      'image-exists',
      'whose tag is not',
      { image: { kind: 'missing', what: 'tag' } },
      'NO image-missing: the repository has no tag `v1`',
    ],
    [
      'image-exists',
      'whose repository is not',
      { image: { kind: 'missing', what: 'repository' } },
      'NO image-missing: there is no such repository, or it is private and this computer is not logged in to it',
    ],
    [
      'image-exists',
      'that may not be looked at',
      { image: { kind: 'denied', reason: 'login wanted' } },
      'SKIP: the registry does not say: login wanted',
    ],
    ['image-architecture', 'that fits', {}, 'OK: built for x86_64'],
    [
      'image-architecture',
      'that does not',
      { image: { ...FOUND, architectures: ['arm64'] } },
      'NO image-architecture: it is built for arm64 only, and the app runs on x86_64',
    ],
    [
      'image-architecture',
      'that is not said',
      { image: { ...FOUND, architectures: [] } },
      'SKIP: the registry does not say what it is built for',
    ],
    ['image-pullable', 'by anybody', {}, 'OK: anybody can pull it'],
    [
      'image-pullable',
      'with a login of this computer',
      { image: { ...FOUND, login: 'local' } },
      "NO image-not-pullable: this computer's login can pull it, but a task has none",
    ],
    [
      'image-pullable',
      'by nobody without a login',
      { image: { kind: 'denied', reason: '401' } },
      'NO image-not-pullable: a task has no login, and the registry wants one: 401',
    ],
    [
      'image-pullable',
      'with credentials',
      { app: image(credentials), image: { ...FOUND, login: 'local' }, secrets: ['hub-login'] },
      'OK: with the credentials of hub-login',
    ],
    [
      'image-pullable',
      'with credentials that are not there',
      { app: image(credentials), image: FOUND },
      'NO image-credentials-missing: there is no secret `hub-login` in Secrets Manager, and a task needs it to pull the image',
    ],
    [
      'image-pullable',
      'from ECR',
      { app: image(ecr('123456789012')), image: { ...FOUND, login: 'ecr' } },
      "OK: the app's role may pull it",
    ],
    [
      'image-pullable',
      'from ECR of another account',
      { app: image(ecr('999999999999')), image: { ...FOUND, login: 'ecr' } },
      'SKIP: the policy of the repository in 999999999999 (us-east-1) must let 123456789012 in; it cannot be asked from here',
    ],
    ['secrets', 'in SSM', { app: secret({ kind: 'ssm', parameter: '/a/b' }), secrets: ['/a/b'] }, 'OK: ssm:/a/b'],
    [
      'secrets',
      'by the ARN of a parameter',
      { app: secret({ kind: 'ssm-arn', arn: 'arn:aws:ssm:us-east-1:123456789012:parameter/a/b' }), secrets: ['/a/b'] },
      'OK: arn:aws:ssm:us-east-1:123456789012:parameter/a/b',
    ],
    [
      'secrets',
      'by the ARN of a parameter without path',
      { app: secret({ kind: 'ssm-arn', arn: 'arn:aws:ssm:us-east-1:123456789012:parameter/a' }), secrets: ['a'] },
      'OK: arn:aws:ssm:us-east-1:123456789012:parameter/a',
    ],
    [
      'secrets',
      'that are not in SSM',
      { app: secret({ kind: 'ssm', parameter: '/a/b' }) },
      'NO secret-missing: `ssm:/a/b` does not exist',
    ],
    [
      'secrets',
      'in Secrets Manager',
      { app: secret({ kind: 'secretsmanager', secret: 'db', key: given('url') }), secrets: ['db'] },
      'OK: secretsmanager:db',
    ],
    [
      'secrets',
      'that are not in Secrets Manager',
      { app: secret({ kind: 'secretsmanager', secret: 'db', key: NONE }) },
      'NO secret-missing: `secretsmanager:db` does not exist',
    ],
    [
      'secrets',
      'of another account',
      {
        app: secret({
          kind: 'secretsmanager-arn',
          arn: 'arn:aws:secretsmanager:us-east-1:999999999999:secret:db',
          key: NONE,
          stage: NONE,
          version: NONE,
        }),
      },
      'SKIP: `arn:aws:secretsmanager:us-east-1:999999999999:secret:db` is elsewhere (us-east-1, 999999999999) and cannot be asked from here',
    ],
    [
      'certificates',
      'that fit',
      { app: domain('a.example.com', ARN), certificate: given({ status: 'ISSUED', names: ['*.example.com'] }) },
      'OK: its certificate is issued and carries the name',
    ],
    [
      'certificates',
      'for another name',
      { app: domain('a.example.com', ARN), certificate: given({ status: 'ISSUED', names: ['b.example.com', 'c.example.com'] }) },
      'NO certificate-name: its certificate is for another name: b.example.com, c.example.com',
    ],
    [
      'certificates',
      'not issued',
      { app: domain('a.example.com', ARN), certificate: given({ status: 'EXPIRED', names: ['a.example.com'] }) },
      'NO certificate-not-issued: its certificate is EXPIRED, not ISSUED',
    ],
    [
      'certificates',
      'not there',
      { app: domain('a.example.com', ARN) },
      `NO certificate-missing: there is no certificate \`${ARN}\``,
    ],
    [
      'certificates',
      'of another region',
      { app: domain('a.example.com', ARN.replace('us-east-1', 'eu-west-1')) },
      "NO certificate-elsewhere: its certificate is in eu-west-1 of 123456789012, and the app in us-east-1 of 123456789012: a load balancer takes only its own region's",
    ],
  ];
  for (const [name, situation, world, wanted] of cases)
    it(`${name}: ${situation}`, async () => {
      expect(await answer(name, world)).to.equal(wanted);
    });

  it('have a hint and a code with every NO, and with nothing else', async () => {
    for (const [name, , world] of cases)
      for (const { answer: said, hint, code } of await ask(name, world))
        expect([hint !== '', code !== ''], name).to.deep.equal([said === 'NO', said === 'NO']);
  });

  it('name a permission that only they need, and let the release go on', async () => {
    const failure = new Failure('S3', 'arn:me may not s3:ListBucket on empire', 'allow it', 'permission-denied');
    expect(await answer('bucket', { bucket: failure })).to.equal(
      'SKIP: could not be asked: arn:me may not s3:ListBucket on empire',
    );
  });

  it('pass on what makes every question impossible', async () => {
    const expired = new Failure('AWS', 'the credentials have expired', 'log in', 'credentials-expired');
    const said = await ask('bucket', { bucket: expired }).catch((error: unknown) => error);
    expect(said).to.equal(expired);
  });

  it('know a way forward or a reason for every state of a stack', async () => {
    const all: readonly StackStatus[] = [
      'CREATE_COMPLETE',
      'CREATE_FAILED',
      'ROLLBACK_COMPLETE',
      'ROLLBACK_FAILED',
      'UPDATE_FAILED',
      'DELETE_FAILED',
      'UPDATE_ROLLBACK_COMPLETE',
      'DELETE_IN_PROGRESS',
    ];
    for (const status of all) expect(await answer('stack-state', { stack: stack(status) })).to.match(/^OK: /);
  });

  it('refuse with the first NO in the order of the rules', async () => {
    const results = await Promise.all(
      RULES.map(({ name }) => ask(name, { bucket: false, image: { kind: 'missing', what: 'tag' } })),
    );
    const refusal = firstRefusal(results.flat());
    expect([refusal?.code, refusal?.where]).to.deep.equal(['bucket-missing', PLACE.bucket]);
    expect(firstRefusal([])).to.equal(undefined);
  });
});

describe('a certificate covers a name', () => {
  const rows = [
    ['a.example.com', 'a.example.com', true],
    ['*.example.com', 'a.example.com', true],
    ['*.example.com', 'A.Example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'a.b.example.com', false],
    ['*.example.com', '*.example.com', true],
    ['a.example.com', '*.example.com', false],
    ['*.com', '*.example.com', false],
  ] as const;
  for (const [certificate, name, yes] of rows)
    it(`${certificate} ${yes ? 'covers' : 'does not cover'} ${name}`, () => {
      expect(covers(certificate, name)).to.equal(yes);
    });
});
