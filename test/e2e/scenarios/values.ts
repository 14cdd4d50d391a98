import type { Scenario } from './scenario.js';

/** Of the platform's, which the rehearsal publishes under the same names. */
const PUBLISHED = { '/empire/default/vpc-cidr': '10.0.0.0/16', '/empire/default/cluster-name': 'empire-default' };
const SECRET = '/empire/default/acme-inc/DATABASE_URL';

const caller: Scenario = {
  name: 'identity',
  against: 'plain',
  async play({ windows: { identity }, step }) {
    // The rest of the ARN is who asks.
    await step('caller', identity.caller(), ({ arn, ...rest }) => ({ ...rest, arn: arn.split(':').slice(0, 5) }));
  },
};

const parameters: Scenario = {
  name: 'parameters',
  against: 'plain',
  async play({ windows: { parameters: ssm }, ground, step }) {
    for (const [name, value] of Object.entries(PUBLISHED)) await ground.parameter(name, value);
    await ground.noParameter(SECRET);
    const names = Object.keys(PUBLISHED);
    await step('of the platform', ssm.values(names));
    await step('none asked', ssm.values([]));
    await step('one asked twice', ssm.values([...names, ...names]));
    const many = Array.from({ length: 11 }, (_, index) => `/empire/default/acme-inc/p${index}-missing`);
    await step('more than a page, most of them missing', ssm.values([...many, ...names]));
    await step('a secret that is not there', ssm.values([SECRET]));
    await step('which are there', ssm.existing([SECRET, ...names]), (found) => [...found].sort());
    await step('put', ssm.putSecret(SECRET, 'postgres://hush'));
    await step('put again', ssm.putSecret(SECRET, 'postgres://hush-hush'));
    // moto's cipher is the text itself behind `kms:` and the key.
    const hidden = (values: Readonly<Record<string, string>>) => ({
      names: Object.keys(values),
      shown: Object.values(values).map((value) => value.includes('hush') && !value.startsWith('kms:')),
    });
    await step('a secret is not decrypted', ssm.values([SECRET]), hidden);
    await step('by its ARN', ssm.values([`arn:aws:ssm:us-east-1:123456789012:parameter${SECRET}`]), hidden);
    await step('more than a parameter holds', ssm.putSecret(SECRET, 'x'.repeat(4097)));
    await step('nothing', ssm.putSecret(SECRET, ''));
    await step('removed', ssm.remove(SECRET));
    await step('removed twice', ssm.remove(SECRET));
    await step('after it was removed', ssm.values([SECRET]));
    await step('put after it was removed', ssm.putSecret(SECRET, 'postgres://again'));
  },
};

const secrets: Scenario = {
  name: 'secrets',
  against: 'plain',
  async play({ windows: { secrets: manager }, ground, step }) {
    const arn = await ground.secret('acme/db');
    await ground.noSecret('acme/other');
    await step('by name', manager.exists('acme/db'));
    await step('by ARN', manager.exists(arn));
    await step('by ARN without its random end', manager.exists(arn.replace(/-[A-Za-z0-9]{6}$/, '')));
    await step('by another name', manager.exists('acme/other'));
    await step('by the ARN of another', manager.exists(arn.replace('acme/db', 'acme/other')));
  },
};

const certificates: Scenario = {
  name: 'certificates',
  against: 'plain',
  async play({ windows: { certificates: acm }, ground, step }) {
    const issued = await ground.certificate('ISSUED');
    await step('issued', acm.describe(issued));
    await step('not validated yet', acm.describe(await ground.certificate('PENDING_VALIDATION')));
    await step('one that is not there', acm.describe(issued.replace(/\/.*$/, '/00000000-0000-4000-8000-0000-missing')));
    await step('of another region', acm.describe(issued.replace('us-east-1', 'eu-west-1')));
  },
};

const identities: Scenario = {
  name: 'policies and identity providers',
  against: 'plain',
  async play({ windows: { roles }, step }) {
    const iam = 'arn:aws:iam::123456789012';
    await step('a policy that is not there', roles.policyExists(`${iam}:policy/boundary-missing`));
    await step('a provider that is not there', roles.providerAudiences(`${iam}:oidc-provider/example.com-missing`));
  },
};

export const valueScenarios: readonly Scenario[] = [caller, parameters, secrets, certificates, identities];
