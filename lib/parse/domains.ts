import type { Given } from '../model/given.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { parseDomainName } from './domain-name.js';
import { didYouMean } from './nearest.js';
import type { SourceText } from './source-text.js';
import { type LineWord, wordsOfLines } from './words-of-line.js';

/** One line of `domains`. */
export interface DomainEntry {
  /** Lower case, punycode, possibly `*.` in front. */
  readonly name: string;
  readonly process: string;
  /** ARN of an ACM certificate. */
  readonly certificate: Given<string>;
  readonly place: Place;
}

const NONE = { kind: 'none' } as const;
const PROCESS = /^[a-z][a-z0-9_-]*$/;
const LINE = '`name [process] [cert=arn]`';

/** Reads `domains`. That the processes exist, and whose the names are, is not known here. */
export function parseDomains(source: SourceText, problems: Problems): DomainEntry[] {
  const entries: DomainEntry[] = [];
  const seen = new Map<string, Place>();
  for (const words of wordsOfLines(source)) {
    const entry = parseLine(words, source, problems);
    if (entry === undefined) continue;
    const first = seen.get(entry.name);
    if (first === undefined) {
      seen.set(entry.name, entry.place);
      entries.push(entry);
    } else {
      refuseDuplicate(entry, first, problems);
    }
  }
  return entries;
}

/** One line as words; undefined when it was refused. */
export function parseLine(words: readonly LineWord[], source: SourceText, problems: Problems): DomainEntry | undefined {
  const [nameWord, ...rest] = words as [LineWord, ...LineWord[]];
  const place = source.place(nameWord.start);
  const name = parseDomainName(nameWord.text, place, problems);
  const processWord = rest[0] !== undefined && !rest[0].text.includes('=') ? rest.shift() : undefined;
  const certificateWord = rest[0]?.text.startsWith('cert=') ? rest.shift() : undefined;
  if (rest[0] !== undefined) return refuseWord(rest[0], source, problems);
  if (processWord !== undefined && !PROCESS.test(processWord.text)) return refuseProcess(processWord, source, problems);
  const certificate = certificateWord === undefined ? NONE : parseCertificate(certificateWord, source, problems);
  if (name === undefined || certificate === undefined) return undefined;
  return { name, process: processWord?.text ?? 'web', certificate, place };
}

function parseCertificate(word: LineWord, source: SourceText, problems: Problems): Given<string> | undefined {
  const arn = word.text.slice('cert='.length);
  const [, partition, region] =
    /^arn:(aws(?:-[a-z]+)*):acm:([a-z]{2}(?:-[a-z]+)+-[0-9]):[0-9]{12}:certificate\/[A-Za-z0-9-]{1,64}$/.exec(arn) ?? [];
  const place = source.place(word.start + 'cert='.length);
  if (partition === undefined || region === undefined) {
    problems.error('domains-certificate', place, `\`${arn}\` is not the ARN of an ACM certificate`, {
      given: arn,
      allowed: '`arn:aws:acm:REGION:ACCOUNT:certificate/ID`',
      hint: 'copy the ARN from ACM, or leave `cert=` out where the platform manages the zone',
    });
    return undefined;
  }
  const expected = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : partition;
  const own =
    partition === 'aws-cn' ? region.startsWith('cn-') : partition === 'aws-us-gov' ? region.startsWith('us-gov-') : true;
  if (expected === partition && own) return { kind: 'given', value: arn };
  problems.error('domains-certificate-partition', place, `the region \`${region}\` is not in the partition \`${partition}\``, {
    given: arn,
    allowed: 'an ARN as AWS gives it',
    hint: 'copy the ARN from ACM',
  });
  return undefined;
}

function refuseWord(word: LineWord, source: SourceText, problems: Problems): undefined {
  const key = word.text.includes('=') ? word.text.slice(0, word.text.indexOf('=')) : undefined;
  const unknown = key !== undefined && key !== 'cert';
  problems.error('domains-word', source.place(word.start), `\`${word.text}\` has no place in this line`, {
    given: word.text,
    allowed: LINE,
    hint: unknown
      ? didYouMean(key, ['cert'], 'only `cert=` may follow')
      : 'write one name per line: the name, its process, then `cert=`',
  });
}

function refuseProcess(word: LineWord, source: SourceText, problems: Problems): undefined {
  problems.error('domains-process', source.place(word.start), `\`${word.text}\` is not a name of a process`, {
    given: word.text,
    allowed: LINE,
    hint: word.text.includes('.') ? 'write one name per line' : `did you mean \`${word.text.toLowerCase()}\`?`,
  });
}

function refuseDuplicate(entry: DomainEntry, first: Place, problems: Problems): void {
  const line = first.kind === 'point' ? ` in line ${first.line}` : '';
  problems.error('domains-duplicate', entry.place, `\`${entry.name}\` is already in this file${line}`, {
    given: entry.name,
    allowed: 'one line per name',
    hint: 'keep one of the two lines',
  });
}
