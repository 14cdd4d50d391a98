/** `{…}`, an anchor, an alias alone, the head of a block scalar, or one quoted scalar as a whole; a comment may follow. */
const YAML_VALUES = [
  /^\{/,
  /^&[^\s,[\]{}]+(?=[ \t]|$)/,
  /^\*[^\s,[\]{}]+[ \t]*$/,
  /^[|>][-+0-9]{0,2}[ \t]*$/,
  /^"(?:[^"\\]|\\.)*"[ \t]*$/,
  /^'(?:[^']|'')*'[ \t]*$/,
];

/** Whether what follows `name:` on its line is YAML rather than a literal command. */
export function isYamlValue(rest: string): boolean {
  const value = rest.trimStart();
  if (!'{&*|>"\''.includes(value.charAt(0)) || value === '') return false;
  // In YAML's quotes and in POSIX's a comment may begin elsewhere: the value is YAML if either reading is.
  return YAML_VALUES.some(
    (pattern) => pattern.test(value) || pattern.test(stripComment(value)) || pattern.test(stripQuotedComment(value)),
  );
}

/** A value without its comment: white space and `#` outside quotes, and all after it. */
export function stripComment(text: string): string {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'") at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && isBlank(text.charAt(at - 1)) && !isEscaped(text, at - 1)) return text.slice(0, at).trimEnd();
  }
  return text;
}

/** For a value that begins with a YAML quote: cut at the comment after the closing quote. */
function stripQuotedComment(value: string): string {
  const match = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=[ \t]+#)/.exec(value);
  return match === null ? value : match[0];
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '';
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charAt(at - 1 - backslashes) === '\\') backslashes++;
  return backslashes % 2 === 1;
}
