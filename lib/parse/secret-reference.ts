import type { SecretReference, SecretsManagerReference, SsmReference } from '../model/app.js';
import type { Given } from '../model/given.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { didYouMean } from './nearest.js';

const NONE = { kind: 'none' } as const;
const given = <T>(value: T): Given<T> => ({ kind: 'given', value });
const orNone = (text: string | undefined): Given<string> => (text === undefined || text === '' ? NONE : given(text));
const ALLOWED = '`ssm:/path/name`, `secretsmanager:name`, `secretsmanager:name#json-key`, or a full ARN of either';
const ARN_HEAD = /^arn:aws(?:-[a-z]+)*:(ssm|secretsmanager):[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:(.*)$/;

/** `ssm:…`, `secretsmanager:…` or a full ARN. A text that is none of them may be a secret value: it is never shown. */
export function parseSecretReference(text: string, place: Place, problems: Problems): Given<SecretReference> {
  if (text.startsWith('ssm:')) return parseSsm(text, place, problems);
  if (text.startsWith('secretsmanager:')) return parseSecretsManager(text, place, problems);
  if (text.startsWith('arn:')) return parseArn(text, place, problems);
  const scheme = /^[a-z-]{1,20}(?=:)/i.exec(text)?.[0];
  problems.error('secrets-not-a-reference', place, 'this is not a reference to a secret (what was written is not shown)', {
    allowed: ALLOWED,
    hint: didYouMean(
      scheme ?? '',
      ['ssm', 'secretsmanager'],
      'put the value into AWS (`empire set --secret NAME`) and write its reference here',
    ),
  });
  return NONE;
}

/** The text that `parseSecretReference` reads back. */
export function formatSecretReference(reference: SecretReference): string {
  switch (reference.kind) {
    case 'ssm':
      return `ssm:${reference.parameter}`;
    case 'ssm-arn':
      return reference.arn;
    case 'secretsmanager':
      return `secretsmanager:${reference.secret}${reference.key.kind === 'given' ? `#${reference.key.value}` : ''}`;
    case 'secretsmanager-arn': {
      const [key, stage, version] = [reference.key, reference.stage, reference.version].map((part) =>
        part.kind === 'given' ? part.value : '',
      );
      return key === '' && stage === '' && version === '' ? reference.arn : `${reference.arn}:${key}:${stage}:${version}`;
    }
  }
}

function parseSsm(text: string, place: Place, problems: Problems): Given<SsmReference> {
  const parameter = text.slice('ssm:'.length);
  if (/^(?:\/[A-Za-z0-9_.-]+){1,15}$/.test(parameter) && parameter.length <= 1011) return given({ kind: 'ssm', parameter });
  const slashed = `/${parameter.replace(/^\/+/, '')}`;
  problems.error('secrets-ssm-name', place, `\`${text}\` does not name a parameter`, {
    given: text,
    allowed: '`ssm:/path/name`: begins with `/`; letters, digits and `_.-`; at most 15 levels and 1011 characters',
    hint: /^(?:\/[A-Za-z0-9_.-]+){1,15}$/.test(slashed)
      ? `did you mean \`ssm:${slashed}\`? A parameter without a slash is reached by its full ARN`
      : 'write the name of the parameter as AWS shows it',
  });
  return NONE;
}

function parseSecretsManager(text: string, place: Place, problems: Problems): Given<SecretsManagerReference> {
  const [, secret, key] = /^secretsmanager:([A-Za-z0-9/_+=.@-]{1,512})(?:#([^:]+))?$/.exec(text) ?? [];
  if (secret !== undefined) return given({ kind: 'secretsmanager', secret, key: orNone(key) });
  problems.error('secrets-secretsmanager-name', place, `\`${text}\` does not name a secret`, {
    given: text,
    allowed: '`secretsmanager:name` or `secretsmanager:name#json-key`: letters, digits and `/_+=.@-`, and no `:` in the key',
    hint: 'write the name of the secret as AWS shows it',
  });
  return NONE;
}

function parseArn(text: string, place: Place, problems: Problems): Given<SecretReference> {
  const [, service, resource] = ARN_HEAD.exec(text) ?? [];
  if (service === 'ssm' && /^parameter(?:\/[A-Za-z0-9_.-]+){1,15}$/.test(resource as string))
    return given({ kind: 'ssm-arn', arn: text });
  if (service === 'secretsmanager') {
    const [, name, key, stage, version] =
      /^secret:([A-Za-z0-9/_+=.@-]+)(?::([^:]*):([^:]*):([^:]*))?$/.exec(resource as string) ?? [];
    if (stage && version) return refuseStageAndVersion(text, place, problems);
    if (name !== undefined) {
      const arn = `${text.slice(0, text.length - (resource as string).length)}secret:${name}`;
      return given({ kind: 'secretsmanager-arn', arn, key: orNone(key), stage: orNone(stage), version: orNone(version) });
    }
  }
  problems.error('secrets-arn', place, `\`${text}\` is not the ARN of a parameter or a secret`, {
    given: text,
    allowed:
      '`arn:aws:ssm:REGION:ACCOUNT:parameter/name` or `arn:aws:secretsmanager:REGION:ACCOUNT:secret:name-SUFFIX[:json-key:stage:version]`',
    hint: 'copy the ARN from AWS; a JSON key is written `:json-key::` after it',
  });
  return NONE;
}

function refuseStageAndVersion(text: string, place: Place, problems: Problems): Given<never> {
  problems.error('secrets-stage-and-version', place, 'this ARN gives both a stage and a version', {
    given: text,
    allowed: 'one of the two',
    hint: 'leave one empty: `…:json-key:stage:` or `…:json-key::version`',
  });
  return NONE;
}
