import { Failure } from '../failure.js';
import { Problems } from '../problems.js';
import { parseDomainName } from './domain-name.js';
import { type DomainEntry, parseDomains, parseLine } from './domains.js';
import { EditedText } from './text-edit.js';
import { type LineWord, wordsOfLines } from './words-of-line.js';

/** Names to add (or to give another process or certificate) and names to remove, each as a person writes it. */
export interface DomainEdits {
  readonly add: readonly Omit<DomainEntry, 'place'>[];
  readonly remove: readonly string[];
}

/** Changes lines of the text of `domains` and touches nothing else. */
export function editDomains(text: string, edits: DomainEdits): string {
  const edited = new EditedText(text);
  edited.read(parseDomains);
  const add = new Map(edits.add.map((entry) => [nameOf(entry.name), entry]));
  const remove = new Set(edits.remove.map(nameOf));
  const problems = new Problems();
  for (const words of wordsOfLines(edited.source)) {
    const entry = parseLine(words, edited.source, problems);
    if (entry === undefined) continue;
    const [first, last] = [words[0] as LineWord, words.at(-1) as LineWord];
    const wanted = add.get(entry.name);
    add.delete(entry.name);
    if (wanted !== undefined) {
      if (!same(entry, wanted)) edited.replace(first.start, last.end, formatLine(entry.name, wanted));
    } else if (remove.has(entry.name)) edited.removeLines(first.start, last.end);
  }
  for (const [name, entry] of add) edited.append(formatLine(name, entry));
  return edited.toString();
}

function formatLine(name: string, entry: Omit<DomainEntry, 'place'>): string {
  const process = entry.process === 'web' ? '' : ` ${entry.process}`;
  return `${name}${process}${entry.certificate.kind === 'given' ? ` cert=${entry.certificate.value}` : ''}`;
}

function nameOf(text: string): string {
  const problems = new Problems();
  const name = parseDomainName(text, { kind: 'file', file: 'domains' }, problems);
  const wrong = problems.all[0];
  if (wrong !== undefined) throw new Failure(text, wrong.message, wrong.hint, wrong.code);
  return name as string;
}

function same(a: Omit<DomainEntry, 'place'>, b: Omit<DomainEntry, 'place'>): boolean {
  const arn = (entry: Omit<DomainEntry, 'place'>) => (entry.certificate.kind === 'given' ? entry.certificate.value : '');
  return a.process === b.process && arn(a) === arn(b);
}
