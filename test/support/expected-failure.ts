import { expect } from 'chai';
import { Failure } from '../../lib/failure.js';

/** Waits for a refusal with this code, and gives it. */
export async function expectFailure(action: Promise<unknown>, code: string): Promise<Failure> {
  const outcome = await action.then(
    () => 'no failure',
    (error: unknown) => error,
  );
  expect(outcome).to.be.instanceOf(Failure);
  const failure = outcome as Failure;
  expect([failure.code, failure.hint === '']).to.deep.equal([code, false]);
  return failure;
}
