import { expect } from 'chai';
import { instanceResources } from '../../constructs/platform-stack/instances.js';
import { platformGoldens } from '../support/platform-golden.js';

describe('the hosts of a platform', () => {
  it('are not protected from scale-in, or CloudFormation could not delete their group; they are drained', () => {
    const grounds = platformGoldens().filter(({ ground }) => instanceResources(ground).length > 0);
    expect(grounds.length).to.be.greaterThan(1);
    for (const { name, ground } of grounds) {
      const of = (type: string) => instanceResources(ground).find((one) => one.type === type)?.properties;
      expect(of('AWS::AutoScaling::AutoScalingGroup'), name).not.to.have.property('NewInstancesProtectedFromScaleIn');
      expect(of('AWS::ECS::CapacityProvider')?.['AutoScalingGroupProvider'], name).to.include({
        ManagedDraining: 'ENABLED',
        ManagedTerminationProtection: 'DISABLED',
      });
    }
  });
});
