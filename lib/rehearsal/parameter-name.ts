/** A parameter's name as kept here: its ARN does not tell `db` and `/db` apart. */
export const parameterName = (name: string): string =>
  (name.startsWith('arn:') ? (name.split(':parameter/')[1] ?? '') : name).replace(/^\//, '');
