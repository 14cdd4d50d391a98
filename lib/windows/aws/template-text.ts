/**
 * The text of a stack's template as JSON: `cdk deploy` sends YAML without tags of its own, whatever the template was. What is
 * neither stays as it is, for whoever reads it to refuse.
 */
export async function jsonTemplate(text: string): Promise<string> {
  if (text.trimStart().startsWith('{')) return text;
  const { load, JSON_SCHEMA, YAMLException } = await import('js-yaml');
  try {
    return JSON.stringify(load(text, { schema: JSON_SCHEMA })) ?? text;
  } catch (error) {
    if (error instanceof YAMLException) return text;
    throw error;
  }
}
