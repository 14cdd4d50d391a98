import { Failure } from '../../failure.js';

/** What CloudFormation says when it does not do something, in its own words; the kind of its error comes first. */
export function refused(message: string, kind = 'ValidationError'): Failure {
  const what = `${kind}: ${message.replace(/\.\s*$/, '')}`;
  return new Failure('cloudformation', what, 'look at the stack with `empire rehearsal show`', 'outside-refused');
}
