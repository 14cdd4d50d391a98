import { EVENT_ID, type Event, parseEvents } from 'js-yaml';
import type { Given } from '../../model/given.js';
import type { Problems } from '../../problems.js';
import type { SourceText } from '../source-text.js';
import { MAX_DEPTH } from './budget.js';
import { Composer } from './compose.js';
import type { YamlNode } from './node.js';
import { refuseSyntax } from './syntax.js';

const NONE = { kind: 'none' } as const;

/**
 * One YAML document as a tree with positions, or none when it is empty or cannot be read.
 *
 * `text` is the source's own, or the same with parts masked by spaces, so that every offset still holds. Duplicate keys, unknown
 * aliases, tags and complex keys are refused each where it stands; a syntax error is one problem. Time and memory are bounded:
 * aliases are shared and counted, nesting is cut off before it can exhaust the stack.
 */
export function parseYaml(source: SourceText, text: string, problems: Problems): Given<YamlNode> {
  try {
    // Two more than our own limit: scalars count too, and js-yaml's message for its limit is turned into ours.
    const events = parseEvents(text, { maxDepth: MAX_DEPTH + 2 });
    if (events.length === 0) return NONE;
    const composer = new Composer(source, text, events, problems);
    const value = composer.document();
    if (!composer.budget.spent) refuseSecondDocument(events, source, text, problems);
    return composer.budget.spent ? NONE : { kind: 'given', value };
  } catch (error) {
    refuseSyntax(error, source, problems);
    return NONE;
  }
}

function refuseSecondDocument(events: readonly Event[], source: SourceText, text: string, problems: Problems): void {
  const documents = events.filter((event) => event.type === EVENT_ID.DOCUMENT).length;
  if (documents < 2) return;
  // Of several markers, the first after some content begins the second document.
  const content = text.search(/^(?!---(?:\s|$))[^\s#%]/m);
  const marker = /^(?:---|\.\.\.)(?=\s|$)/gm;
  marker.lastIndex = Math.max(content, 0);
  const offset = marker.exec(text)?.index ?? 0;
  problems.error('yaml-second-document', source.place(offset), 'a second YAML document begins here', {
    given: '---',
    allowed: 'one document',
    hint: 'remove this line, or what follows it',
  });
}
