import type { Given } from '../model/given.js';
import type { Problems } from '../problems.js';
import type { SourceText } from './source-text.js';

/** What a load balancer's fixed response may hold. */
const MAX_CHARACTERS = 1024;

/** The page of an app in maintenance: the file's text, without its final line end. */
export function parseMaintenance(source: SourceText, problems: Problems): Given<string> {
  const page = source.text.endsWith('\n') ? source.text.slice(0, -1) : source.text;
  let offset = 0;
  let characters = 0;
  for (const character of page) {
    if (characters < MAX_CHARACTERS) offset += character.length;
    characters++;
  }
  if (characters <= MAX_CHARACTERS) return { kind: 'given', value: page };
  problems.error('maintenance-too-long', source.place(offset), 'the maintenance page is too long', {
    given: `${characters} characters`,
    allowed: `${MAX_CHARACTERS} characters`,
    hint: 'shorten the page; a longer one can be served elsewhere and linked from here',
  });
  return { kind: 'none' };
}
