import { type Cause, cause } from './dossier-cause.js';

interface Rule {
  readonly type: RegExp;
  readonly reason: RegExp;
  readonly words: (match: RegExpExecArray, id: string, reason: string) => Cause;
}

const ANY = /./;

/**
 * What CloudFormation says of a resource that failed → its class. The first rule that fits wins. Wordings as in
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html and the resource handlers' error codes.
 */
const RULES: readonly Rule[] = [
  {
    type: ANY,
    reason: /not authorized to perform:? (\S+?)(?: on resource:? (\S+?))?(?:[ ,)"]|$)/i,
    words: ([, action, resource], id) =>
      cause(
        'permission-denied',
        `${id} could not be made or changed: no permission for \`${action}\`${resource === undefined ? '' : ` on \`${resource}\``}`,
        `allow \`${action}\` to the role that deploys, then deploy again`,
      ),
  },
  {
    type: ANY,
    reason: /AccessDenied|UnauthorizedOperation|not authorized/i,
    words: (_, id, reason) =>
      cause(
        'permission-denied',
        `${id} could not be made or changed: a permission is missing (${reason})`,
        'allow it to the role that deploys, then deploy again',
      ),
  },
  {
    type: /^AWS::CertificateManager::Certificate$/,
    reason: ANY,
    words: (_, id, reason) =>
      cause(
        'certificate',
        `the certificate ${id} was not validated: ${reason}`,
        'check that the zone id in PUBLIC_ZONES is the zone that the domain really uses (`dig NS`), and that no CAA record forbids Amazon',
        'or write the ARN of a certificate that exists: `cert=arn:aws:acm:…` in `domains`',
      ),
  },
  {
    type: /Listener/,
    reason: /certificate/i,
    words: (_, id, reason) =>
      cause(
        'certificate',
        `${id} does not take its certificate: ${reason}`,
        'the certificate must be ISSUED, in the same region, and carry the name of the domain',
      ),
  },
  {
    type: ANY,
    reason: /Throttling|Rate exceeded|TooManyRequests/i,
    words: (_, id, reason) => cause('throttled', `AWS was asked too often while it worked on ${id}: ${reason}`, 'deploy again'),
  },
  {
    type: ANY,
    reason:
      /LimitExceeded|QuotaExceeded|quota|limit (?:was |is |has been )?(?:exceeded|reached)|maximum number of|cannot have more than/i,
    words: (_, id, reason) =>
      cause(
        'quota',
        `a quota of the account is reached at ${id}: ${reason}`,
        'ask for more in the Service Quotas console, or remove what is not needed, then deploy again',
      ),
  },
  {
    type: ANY,
    reason: /already exists|AlreadyExists|is already in use|DuplicateLoadBalancerName|already has a record/i,
    words: (_, id, reason) =>
      cause(
        'name-taken',
        `a name that ${id} needs is taken: ${reason}`,
        'somebody else made it, or an earlier stack left it behind: remove or rename that one, then deploy again',
      ),
  },
  {
    type: ANY,
    reason:
      /InvalidRequest|InvalidParameter|ValidationException|ValidationError|Validation|Invalid|not valid|must be|must have|unsupported|does not exist|NotFound/i,
    words: (_, id, reason) =>
      cause('bad-parameter', `AWS refuses a value of ${id}: ${reason}`, 'correct the line that is named, then deploy again'),
  },
];

/** The cause when one resource failed by itself, in the words of CloudFormation where no class fits. */
export function causeOfResource(id: string, type: string, given: string): Cause {
  const reason = plainReason(given);
  for (const rule of RULES) {
    // The handler's own error code stands in what is taken away for reading.
    const match = rule.type.test(type) ? (rule.reason.exec(reason) ?? rule.reason.exec(given)) : null;
    if (match !== null) return rule.words(match, id, reason);
  }
  return cause(
    'unknown',
    `${id} failed: ${reason === '' ? 'CloudFormation gives no reason' : reason}`,
    'correct what is named, then deploy again; the events of the stack in the console have every detail',
  );
}

/** Without the wrapping of resource handlers: `Resource handler returned message: "…" (RequestToken: …, HandlerErrorCode: …)`. */
export function plainReason(reason: string): string {
  const inner = /^Resource handler returned message: "(.*)"(?: \(RequestToken: [^)]*\))?$/s.exec(reason.trim())?.[1];
  if (inner !== undefined) return plainReason(inner);
  return reason
    .replace(/ ?\((?:Service: [^()]*|RequestToken: [^()]*|SDK Attempt Count: [^()]*)\)/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '')
    .trim();
}
