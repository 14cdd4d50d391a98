/** What can be known of an error of the SDK, of Node's network or of `fetch`, whatever its shape. */
export interface ServiceError {
  /** `ThrottlingException`, `ECONNREFUSED`, … */
  readonly name: string;
  readonly message: string;
  /** 0: there was no answer. */
  readonly status: number;
  readonly requestId: string;
  /** The SDK says that it was throttled. */
  readonly throttled: boolean;
}

interface Raw {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly Code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly extendedRequestId?: string };
  readonly $response?: { readonly statusCode?: number };
  readonly $retryable?: { readonly throttling?: boolean };
}

/** Names of errors from before a request was sent: the SDK's own search for credentials and region. */
const BEFORE = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError', 'InvalidEndpointError']);
const REGION = /^Region is missing|region.*not (?:accepted|valid)|Invalid region/i;

/** Whether this comes from outside. Everything else is a defect of ours and must be seen as one. */
export function isServiceError(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error)) return false;
  const raw = thrown as Raw;
  if (raw.$metadata !== undefined || raw.$fault !== undefined || raw.$response !== undefined) return true;
  if (BEFORE.has(thrown.name) || REGION.test(thrown.message)) return true;
  return isNetworkError(nameOf(raw)) || thrown.message === 'fetch failed' || thrown.name === 'InvalidArn';
}

export function serviceError(thrown: Error): ServiceError {
  const raw = thrown as Raw;
  const status = raw.$metadata?.httpStatusCode ?? raw.$response?.statusCode ?? 0;
  return {
    name: nameOf(raw),
    message: messageOf(raw, thrown.message),
    status,
    requestId: raw.$metadata?.requestId ?? raw.$metadata?.extendedRequestId ?? '',
    throttled: raw.$retryable?.throttling === true,
  };
}

/** The names of Node, undici and the SDK for "no answer came". */
export function isNetworkError(name: string): boolean {
  return (
    /^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|EPIPE|EPROTO|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/.test(
      name,
    ) ||
    /^(TimeoutError|NetworkingError|AbortError|RequestTimeout|RequestTimeoutException|UND_ERR_\w+|ERR_(TLS|SSL)_\w+)$/.test(
      name,
    ) ||
    /^(CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/.test(name)
  );
}

/** The first name that says something: of the error itself or of what caused it. */
function nameOf(raw: Raw): string {
  const code = [raw.code, raw.Code].find((value): value is string => typeof value === 'string' && value !== '');
  if (code !== undefined && isNetworkError(code)) return code;
  const own = typeof raw.name === 'string' ? raw.name : '';
  if (!/^(Error|TypeError|AggregateError|SyntaxError|)$/.test(own)) return own;
  if (code !== undefined) return code;
  const deeper = causeOf(raw);
  return deeper === undefined ? own : nameOf(deeper);
}

function messageOf(raw: Raw, message: string): string {
  if (message !== '' && message !== 'fetch failed') return message;
  const deeper = causeOf(raw);
  return deeper === undefined ? message : messageOf(deeper, typeof deeper.message === 'string' ? deeper.message : '');
}

/** An AggregateError has one error per address that was tried. */
function causeOf(raw: Raw): Raw | undefined {
  if (raw.cause instanceof Error) return raw.cause as Raw;
  const [first] = Array.isArray(raw.errors) ? raw.errors : [];
  return first instanceof Error ? (first as Raw) : undefined;
}
