import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import { type Call, renderAwsError } from './error.js';
import { isServiceError, type ServiceError, serviceError } from './service-error.js';

/** What chooses the account and where it is. What is not given, the SDK finds as every AWS tool does. */
export interface AwsOptions {
  readonly region: Given<string>;
  /** A profile of the AWS configuration files. */
  readonly profile: Given<string>;
  /** Instead of AWS itself, for every service: `AWS_ENDPOINT_URL`. */
  readonly endpoint: Given<string>;
}

/** Settings that all clients of the SDK share. */
export interface ClientSettings {
  region?: string;
  profile?: string;
  endpoint?: string;
  retryMode?: 'adaptive';
  maxAttempts?: number;
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: boolean };
  logger: Logger;
}

type Logger = Record<'debug' | 'info' | 'warn' | 'error', () => void>;

/** The SDK talks to the screen when a profile was chosen and keys are in the environment. The first line of ours says more. */
const SILENT: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What an answer that is no failure means; undefined: it is one. */
export type Ordinary<T> = (error: ServiceError) => T | undefined;

/** One choice of account and region, and the one place where calls to AWS are made and their errors get our words. */
export class AwsSession {
  /** Known after the first call that asked for it. */
  private found: Given<string>;

  constructor(readonly options: AwsOptions) {
    this.found = options.region;
    // The SDK says on stderr that a later version of it will not run on Node 20. That is for us to know.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
    // An empty one is none: the SDK would ask hosts of a region without a name, instead of the profile.
    if (process.env['AWS_REGION'] === '') delete process.env['AWS_REGION'];
  }

  settings(): ClientSettings {
    const { region, profile, endpoint } = this.options;
    return {
      ...(region.kind === 'given' ? { region: region.value } : {}),
      ...(profile.kind === 'given' ? { profile: profile.value } : {}),
      ...(endpoint.kind === 'given' ? { endpoint: endpoint.value } : {}),
      ...(process.env['AWS_RETRY_MODE'] ? {} : { retryMode: 'adaptive' as const }),
      ...(process.env['AWS_MAX_ATTEMPTS'] ? {} : { maxAttempts: 5 }),
      requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
      logger: SILENT,
    };
  }

  /** Whether something else stands in for AWS, here or in the environment. */
  get redirected(): boolean {
    return (
      this.options.endpoint.kind === 'given' || Boolean(process.env['AWS_ENDPOINT_URL'] || process.env['AWS_ENDPOINT_URL_S3'])
    );
  }

  /** The region when it was given, or found by a call before. */
  get region(): Given<string> {
    return this.found;
  }

  /** The region of a client, as the SDK found it; remembered. */
  async regionOf(client: { readonly config: { region(): Promise<string> } }): Promise<string> {
    const region = await client.config.region();
    this.found = { kind: 'given', value: region };
    return region;
  }

  /** Makes a call: its result, the ordinary outcome that its error means, or a `Failure` in our words. */
  async call<T>(about: Call, send: () => Promise<T>, ordinary?: Ordinary<T>): Promise<T> {
    try {
      return await send();
    } catch (thrown) {
      if (thrown instanceof Failure || !isServiceError(thrown)) throw thrown;
      const error = serviceError(thrown);
      const outcome = ordinary?.(error);
      if (outcome !== undefined) return outcome;
      throw renderAwsError(error, about, this.options);
    }
  }
}

/** Makes a client at its first use: requiring the SDK costs more than all the rest of a command. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export function given<T>(value: T | undefined | null): Given<T> {
  return value === undefined || value === null ? { kind: 'none' } : { kind: 'given', value };
}

/** All items of a paged answer. */
export async function allPages<T>(
  page: (token: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await page(token);
    all.push(...items);
    token = next === token ? undefined : next;
  } while (token !== undefined && token !== '');
  return all;
}

/** Parts of at most `size`, for calls that take only so many names. */
export function inBatches<T>(items: readonly T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size));
  return batches;
}
