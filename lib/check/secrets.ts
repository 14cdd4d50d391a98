import type { Secret, SecretReference, SsmReference } from '../model/app.js';
import type { CheckResult } from '../model/check.js';
import { no, ok, skip } from './answer.js';
import type { CheckInput } from './input.js';
import { askedOr, type Rule } from './rule.js';
import { elsewhere, formatSecret, parameterNames, secretId } from './secret-names.js';
import { writtenAt } from './written-at.js';

const NAME = 'secrets';

/** Every secret that the app refers to is there. Values are never read. */
export const secrets: Rule = { name: NAME, run: (input) => checkSecrets(input, input.app.secrets) };

/** What this rule needs of an app. */
export type SecretsInput = Pick<CheckInput, 'windows' | 'place' | 'app' | 'origins'>;

/** One call for all parameters; the secrets of Secrets Manager beside it, each once. */
export async function checkSecrets(input: SecretsInput, all: readonly Secret[]): Promise<readonly CheckResult[]> {
  const here = all.filter(({ reference }) => elsewhere(reference, input.place) === '');
  const names = [...new Set(here.flatMap(({ reference }) => (isParameter(reference) ? parameterNames(reference) : [])))];
  const parameters = names.length === 0 ? undefined : input.windows.parameters.existing(names);
  const managed = new Map<string, Promise<boolean>>();
  const exists = async (reference: SecretReference): Promise<boolean> => {
    if (isParameter(reference)) {
      const found = await parameters;
      return parameterNames(reference).some((name) => found?.has(name));
    }
    const id = secretId(reference);
    const asked = managed.get(id) ?? input.windows.secrets.exists(id);
    managed.set(id, asked);
    return asked;
  };
  return Promise.all(all.map((secret) => askedOr(NAME, secret.name, () => look(secret, input, exists))));
}

async function look(
  { name, reference }: Secret,
  { place, origins }: SecretsInput,
  exists: (reference: SecretReference) => Promise<boolean>,
): Promise<CheckResult> {
  const written = formatSecret(reference);
  const other = elsewhere(reference, place);
  if (other !== '') return skip(NAME, name, `\`${written}\` is elsewhere (${other}) and cannot be asked from here`);
  if (await exists(reference)) return ok(NAME, name, written);
  const where = writtenAt(`/secrets/${name}`, origins) || 'the `secrets` file';
  return no(NAME, name, {
    text: `\`${written}\` does not exist`,
    hint: `${isParameter(reference) ? `make it with \`empire set --secret ${name} -a ${place.app}\`` : 'make it in Secrets Manager'}, or correct ${where}`,
    code: 'secret-missing',
  });
}

const isParameter = (reference: SecretReference): reference is SsmReference =>
  reference.kind === 'ssm' || reference.kind === 'ssm-arn';
