import { platformStackResources } from '../../constructs/platform-stack/resources.js';
import type { Ground } from '../model/ground.js';
import type { Json } from '../model/json.js';
import type { Origins, Place } from '../model/problem.js';
import type { Resource } from '../model/template.js';
import { Problems } from '../problems.js';
import { formatTemplate } from './format-template.js';
import type { Compiled } from './index.js';
import { LIMITS } from './limits.js';
import { policyCharacters } from './policy-characters.js';
import { sourceMap } from './source-map.js';
import { checkIds } from './unique-ids.js';

export interface GroundInput {
  readonly ground: Ground;
  /** Where each key of the platform files is written. */
  readonly origins: Origins;
}

/** The shared ground of an environment → the template of its stack. Pure: the same settings give the same bytes. */
export function compileGround({ ground, origins }: GroundInput): Compiled {
  const template = platformStackResources(ground);
  const { environment } = ground.platform;
  const place: Place = { kind: 'file', file: environment === 'default' ? 'platform' : `platform.${environment}` };
  const problems = new Problems();
  checkIds(template, place, problems);
  checkBytes(formatTemplate(template), place, problems);
  for (const each of template.resources) checkPolicy(each, place, problems);
  if (problems.refused) return { kind: 'refused', problems: problems.all };
  return { kind: 'compiled', template, sourceMap: sourceMap(template, origins), problems: problems.all };
}

/**
 * There is no bucket before the platform is there, so its template has to fit into the request itself: for us without white space, for a
 * plain `cdk deploy` as it is.
 */
function checkBytes(text: string, place: Place, problems: Problems): void {
  const detail = (bytes: number) => ({
    given: `${bytes} bytes`,
    allowed: `${LIMITS.inlineBytes} bytes: there is no bucket to send it through before it is deployed`,
  });
  const compact = Buffer.byteLength(compactTemplate(text));
  const whole = Buffer.byteLength(text);
  if (compact > LIMITS.inlineBytes) {
    problems.error(
      'limit-platform-bytes',
      place,
      'the template of the platform is larger than a request to CloudFormation may be',
      {
        ...detail(compact),
        hint: 'write fewer or shorter `TAGS`: they are on every resource',
      },
    );
  } else if (whole > LIMITS.inlineBytes) {
    problems.note(
      'platform-large',
      place,
      'the template of the platform is too large for a plain `cdk deploy` without bootstrap',
      {
        ...detail(whole),
        hint: 'use `empire platform deploy`, which sends it without white space',
      },
    );
  }
}

/** The template as `platform deploy` sends it: the same values in fewer bytes. */
export const compactTemplate = (text: string): string => JSON.stringify(JSON.parse(text));

/** As IAM will count it: with the values of this account in place of what stands for them. */
function checkPolicy({ id, type, properties }: Resource, place: Place, problems: Problems): void {
  if (type !== 'AWS::IAM::ManagedPolicy') return;
  const characters = policyCharacters(properties['PolicyDocument'] as Json);
  if (characters <= LIMITS.managedPolicyCharacters) return;
  problems.error('limit-platform-policy', place, `the policy \`${id}\` is longer than IAM takes`, {
    given: `about ${characters} characters`,
    allowed: `${LIMITS.managedPolicyCharacters} characters`,
    hint: 'write fewer `PUBLIC_ZONES`: the role that deploys may change each of them',
  });
}
