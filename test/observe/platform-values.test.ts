import { expect } from 'chai';
import type { Failure } from '../../lib/failure.js';
import type { Windows } from '../../lib/model/windows.js';
import { readPlatformValues } from '../../lib/observe/index.js';

const TEMPLATE = {
  Parameters: {
    Release: { Type: 'String', Default: 'none' },
    PlatformVpcId: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>', Default: '/empire/production/vpc-id' },
    PlatformClusterName: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/empire/production/cluster-name' },
  },
};

const windows = (values: Record<string, string>): Windows =>
  ({
    parameters: {
      values: async (names: readonly string[]) =>
        Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name))),
    },
  }) as unknown as Windows;

async function refused(values: Record<string, string>): Promise<Failure> {
  try {
    await readPlatformValues(windows(values), TEMPLATE);
  } catch (error) {
    return error as Failure;
  }
  throw new Error('it was not refused');
}

describe('what the platform published', () => {
  it('is found by template parameter', async () => {
    const values = { '/empire/production/vpc-id': 'vpc-1', '/empire/production/cluster-name': 'blue', '/other': 'x' };
    expect(await readPlatformValues(windows(values), TEMPLATE)).to.deep.equal({
      PlatformVpcId: 'vpc-1',
      PlatformClusterName: 'blue',
    });
  });

  it('asks nothing when the template names existing things', async () => {
    expect(await readPlatformValues({} as Windows, { Parameters: { Release: { Type: 'String' } } })).to.deep.equal({});
    expect(await readPlatformValues({} as Windows, {})).to.deep.equal({});
  });

  it('refuses a platform that is not there, with the command that makes it', async () => {
    const { message, hint, code } = await refused({});
    expect({ message, hint, code }).to.deep.equal({
      message: 'platform of production: it is not deployed in this account and region',
      hint: 'run `empire platform deploy -e production`',
      code: 'platform-missing',
    });
  });

  it('refuses a platform that is older than the app, naming what it lacks', async () => {
    const { message, hint } = await refused({ '/empire/production/vpc-id': 'vpc-1' });
    expect(message).to.equal('platform of production: it does not publish `/empire/production/cluster-name`');
    expect(hint).to.equal('bring it up to date: `empire platform deploy -e production`');
  });
});
