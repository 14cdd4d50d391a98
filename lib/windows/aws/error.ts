import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { OutsideCode } from '../../model/windows.js';
import { isNetworkError, type ServiceError } from './service-error.js';

/** What was asked of AWS, for the words of its failure. */
export interface Call {
  /** As IAM writes it: `cloudformation:DescribeStacks`. */
  readonly action: string;
  /** In words, with its kind: `stack empire-acme-inc`. */
  readonly resource: string;
  /** What to do when AWS refuses for a reason of its own. */
  readonly hint?: string;
}

/** Who asked: the profile is in the advice. */
export interface Asker {
  readonly region: Given<string>;
  readonly profile: Given<string>;
  readonly endpoint: Given<string>;
}

interface Words {
  readonly where: string;
  readonly what: string;
  readonly hint: string;
}

/** An error of the SDK as a failure in our words, with AWS's request id. */
export function renderAwsError(error: ServiceError, call: Call, asker: Asker): Failure {
  const code = codeOf(error);
  const { where, what, hint } = WORDS[code](error, call, asker);
  const id = error.requestId === '' ? '' : `request id ${error.requestId}`;
  const asked = code === 'region-missing' || what.includes(call.action) ? '' : call.action;
  const known = [asked, id].filter((part) => part !== '').join(', ');
  return new Failure(where, known === '' ? what : `${what} (${known})`, hint, code);
}

const EXPIRED = /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired|SSOTokenProviderFailure)$/;
const UNKNOWN_KEY =
  /^(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature|MissingAuthenticationToken|MissingAuthenticationTokenException|AuthFailure|InvalidToken|CredentialsProviderError|TokenProviderError|ProviderError)$/;
const DENIED =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|UnauthorizedException|AuthorizationError|AuthorizationErrorException|NotAuthorized|AllAccessDisabled|Forbidden|403)$/;
const THROTTLED =
  /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException|RequestLimitExceeded|BandwidthLimitExceeded|SlowDown|ProvisionedThroughputExceededException|PriorRequestNotComplete|EC2ThrottledException|TooManyRequests)$/;
/** The signature carries the time, and AWS takes it for a few minutes only. */
const SKEWED = /RequestTimeTooSkewed|Signature (?:expired|not yet current)/;
const BROKEN =
  /^(InternalFailure|InternalError|InternalServerError|InternalServerException|ServerException|ServiceUnavailable|ServiceUnavailableException|ServiceException)$/;

function codeOf(error: ServiceError): OutsideCode {
  const { name, message, status } = error;
  if (/Region is missing/i.test(message)) return 'region-missing';
  if (isSkewed(error)) return 'outside-refused';
  if (EXPIRED.test(name) || isExpiredLogin(error)) return 'credentials-expired';
  if (UNKNOWN_KEY.test(name)) return 'credentials-missing';
  if (THROTTLED.test(name) || error.throttled || status === 429) return 'throttled';
  if (DENIED.test(name) || status === 403) return 'permission-denied';
  if (isNetworkError(name)) return 'network';
  // Also an answer that the SDK cannot read, such as a proxy's HTML page.
  if (BROKEN.test(name) || status >= 500 || /^(SyntaxError|Error|)$/.test(name)) return 'outside-broken';
  return 'outside-refused';
}

const isSkewed = ({ name, message }: ServiceError): boolean => SKEWED.test(name) || SKEWED.test(message);

/** Single sign-on tells of an expired login only in words. */
function isExpiredLogin({ name, message }: ServiceError): boolean {
  return (
    /^(CredentialsProviderError|TokenProviderError|ProviderError)$/.test(name) &&
    /expired|refresh|session.*invalid/i.test(message)
  );
}

const WORDS: Readonly<Record<OutsideCode, (error: ServiceError, call: Call, asker: Asker) => Words>> = {
  'credentials-missing': (error, _, asker) => ({
    where: 'AWS credentials',
    what: /ProviderError$/.test(error.name) ? renderNone(error, asker) : `AWS does not accept them: ${plain(error.message)}`,
    hint: 'log in (`aws sso login`, `aws configure`), choose a profile with --profile or AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  }),
  'credentials-expired': (_, __, asker) => ({
    where: 'AWS credentials',
    what: `they have expired${asker.profile.kind === 'given' ? ` for the profile \`${asker.profile.value}\`` : ''}`,
    hint: `log in again: \`aws sso login${asker.profile.kind === 'given' ? ` --profile ${asker.profile.value}` : ''}\`, or get new temporary keys, then run the command once more`,
  }),
  'region-missing': () => ({
    where: 'AWS region',
    what: 'no region is set',
    hint: 'say it with --region, AWS_REGION, or REGION in the file `platform`',
  }),
  'permission-denied': renderDenied,
  'outside-refused': renderRefused,
  throttled: (error, call) => ({
    where: call.resource,
    what: `AWS says that there are too many calls, also after waiting: ${plain(error.message) || error.name}`,
    hint: 'wait a minute, then run the command once more',
  }),
  'outside-broken': (error, call) => ({
    where: call.resource,
    what: `AWS could not answer${error.status === 0 ? '' : `: status ${error.status}`}`,
    hint: 'this is on the side of AWS: see https://health.aws.amazon.com/health/status, then run the command once more',
  }),
  network: (error, _, asker) => ({
    where: 'network',
    what: `no answer from ${asker.endpoint.kind === 'given' ? asker.endpoint.value : 'AWS'}: ${plain(error.message) || error.name}`,
    hint: 'check the connection, a proxy or VPN, and that the region is spelled right, then run the command once more',
  }),
};

function renderNone({ message }: ServiceError, { profile }: Asker): string {
  return `there are none${profile.kind === 'given' ? ` for the profile \`${profile.value}\`` : ''}: ${plain(message)}`;
}

function renderRefused(error: ServiceError, call: Call): Words {
  const what = `AWS refused: ${plain(error.message) || error.name}`;
  if (isSkewed(error)) return { where: 'clock of this computer', what, hint: 'set it right, then run the command once more' };
  return { where: call.resource, what, hint: call.hint ?? 'correct what AWS names, then run the command once more' };
}

/** AWS names in its own text who may not do what on which resource, and often why. */
const DENIAL = /(\S+) is not authorized to perform: (\S+?)(?: on resource: "?([^"\s]+)"?)?(?:[,.]? ((?:because|with) .*))?$/;

function renderDenied(error: ServiceError, call: Call): Words {
  const [, who = 'the role you use', action = call.action, named = '*', why = ''] = DENIAL.exec(plain(error.message)) ?? [];
  const resource = named === '*' ? call.resource : named;
  return {
    where: call.resource,
    what: `no permission for \`${action}\` on ${resource}${why === '' ? '' : `, ${why}`}`,
    hint: `let ${who} do \`${action}\` on ${resource}, or use another profile`,
  };
}

/** On one line and without a final period, as our own messages are. Markup of an error page says nothing. */
function plain(message: string): string {
  if (/<html|<!doctype/i.test(message)) return '';
  const [first] = message.split('\n  Deserialization error');
  return (first ?? '').replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}
