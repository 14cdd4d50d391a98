import type { Given } from '../model/given.js';
import type { ReleasedProcess, ReleaseRecord } from '../model/release.js';
import type { AppCertificate } from '../model/running.js';
import type { StackStatus } from '../model/windows.js';
import { whoOf } from './progress-lines.js';
import { renderReleasedScale } from './scale-lines.js';
import { isoTime, renderMoment } from './time.js';

/** What `empire info` tells of an app. */
export interface InfoView {
  readonly app: string;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly stack: { readonly name: string; readonly id: string; readonly status: StackStatus; readonly changedAt: number };
  /** The release that serves. */
  readonly release: Given<ReleaseRecord>;
  /** Where web answers. */
  readonly url: Given<string>;
  /** Name of web inside the VPC. */
  readonly privateName: Given<string>;
  readonly certificates: readonly AppCertificate[];
  readonly logGroup: Given<string>;
  readonly securityGroup: Given<string>;
  readonly maintenance: boolean;
}

/** A line per fact; what there is not is left out. */
export function renderInfo(info: InfoView): string {
  const { release, stack } = info;
  const rows: [string, string][] = [
    ['app', `${info.app} in ${info.environment} (${info.account}, ${info.region})`],
    ['stack', `${stack.name}  ${stack.status}  ${renderMoment(stack.changedAt)}`],
    ...(release.kind === 'given' ? releaseRows(release.value) : [['release', 'none succeeded yet'] as [string, string]]),
    ...row('url', info.url),
    ...row('private', info.privateName),
    ...info.certificates.map((one): [string, string] => ['certificate', certificateWords(one)]),
    ...row('log group', info.logGroup),
    ...row('security', info.securityGroup),
    ...(info.maintenance ? [['maintenance', 'on'] as [string, string]] : []),
  ];
  const widest = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `${name.padEnd(widest)}  ${text}\n`).join('');
}

function releaseRows({ number, createdAt, reason, images, processes }: ReleaseRecord): [string, string][] {
  return [
    ['release', `v${number}  ${renderMoment(createdAt)}  ${reason.description}  ${whoOf(reason.by)}`],
    ...images.map(({ reference, digest }): [string, string] => ['image', digest === '' ? reference : `${reference}  ${digest}`]),
    ['scale', processes.filter(isScaled).map(renderReleasedScale).join(' ')],
  ];
}

const isScaled = ({ kind }: ReleasedProcess): boolean => kind === 'service' || kind === 'cron';

const row = (name: string, value: Given<string>): [string, string][] => (value.kind === 'given' ? [[name, value.value]] : []);

const certificateWords = ({ arn, status, names }: AppCertificate): string =>
  [names.join(', '), status, arn].filter((part) => part !== '').join('  ');

/**
 * `empire info --json`: `app`, `environment`, `account`, `region`; `stack`: `name`, `id` (the ARN), `status` (in the words of
 * CloudFormation), `changedAt`; `release`, the one that serves (null when none succeeded yet): `number`, `version`, `description`, `by`
 * (an ARN), `createdAt`; `images`: `reference` as written, `digest`; `processes`: `name`, `kind`, `count` (null when it has none), `size`;
 * `url` (where web answers), `privateName` (its name inside the VPC), `logGroup`, `securityGroup` (each null when there is none);
 * `certificates`: `arn`, `status` in the words of ACM (`gone`: there is no such certificate), `names`; `maintenance`: true or false. Times
 * are ISO 8601 UTC.
 */
export function infoJson(info: InfoView): object {
  const { stack, release } = info;
  const record = release.kind === 'given' ? release.value : undefined;
  return {
    app: info.app,
    environment: info.environment,
    account: info.account,
    region: info.region,
    stack: { name: stack.name, id: stack.id, status: stack.status, changedAt: isoTime(stack.changedAt) },
    release: record === undefined ? null : releaseFacts(record),
    images: (record?.images ?? []).map(({ reference, digest }) => ({ reference, digest })),
    processes: (record?.processes ?? []).map(({ name, kind, count, size }) => ({ name, kind, count: count || null, size })),
    url: orNull(info.url),
    privateName: orNull(info.privateName),
    certificates: info.certificates,
    logGroup: orNull(info.logGroup),
    securityGroup: orNull(info.securityGroup),
    maintenance: info.maintenance,
  };
}

const releaseFacts = ({ number, reason, createdAt }: ReleaseRecord): object => ({
  number,
  version: `v${number}`,
  description: reason.description,
  by: reason.by,
  createdAt: isoTime(createdAt),
});

const orNull = (value: Given<string>): string | null => (value.kind === 'given' ? value.value : null);
