import type { Given } from '../model/given.js';
import type { Json, JsonObject } from '../model/json.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { type JsonReading, readJson } from './json-reader.js';
import { didYouMean } from './nearest.js';
import { PolicyStatement } from './policy-statement.js';
import type { SourceText } from './source-text.js';

/** What the inline policies of a role hold together. */
const MAX_CHARACTERS = 10_240;
const KEYS = ['Version', 'Id', 'Statement'];

/** Reads `policy`: an IAM policy document, its structure checked; what it allows is the author's business. */
export function parsePolicy(source: SourceText, problems: Problems): Given<JsonObject> {
  if (source.text.length > 10 * MAX_CHARACTERS) {
    refuseTooLarge(`${source.text.length} characters`, source.place(0), problems);
    return { kind: 'none' };
  }
  const before = problems.all.length;
  const reading = readJson(source, problems);
  if (reading === undefined) return { kind: 'none' };
  const { value } = reading;
  const at = (pointer: string) => placeOf(pointer, reading, source);
  if (isObject(value)) checkDocument(value, at, problems);
  else refuseDocument(at(''), problems);
  const refused = problems.all.slice(before).some((problem) => problem.severity === 'error');
  return refused || !isObject(value) ? { kind: 'none' } : { kind: 'given', value };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function placeOf(pointer: string, reading: JsonReading, source: SourceText): Place {
  return source.place(reading.offsets.get(pointer) ?? reading.offsets.get('') ?? 0);
}

function refuseDocument(place: Place, problems: Problems): void {
  problems.error('policy-document', place, 'a policy is a JSON object', {
    allowed: '`{"Version": "2012-10-17", "Statement": [...]}`',
    hint: 'write the whole policy document, not only its statements',
  });
}

function checkDocument(document: JsonObject, at: (pointer: string) => Place, problems: Problems): void {
  for (const key of Object.keys(document)) {
    if (KEYS.includes(key)) continue;
    const place = at(`key:/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    problems.error('policy-unknown-key', place, `\`${key}\` is not a key of a policy`, {
      given: key,
      allowed: KEYS.join(', '),
      hint: didYouMean(key, KEYS, 'remove it'),
    });
  }
  checkVersion(document, at, problems);
  const statements = Array.isArray(document['Statement']) ? document['Statement'] : [document['Statement']];
  const sids = new Map<string, number>();
  if (document['Statement'] === undefined || statements.length === 0) refuseNoStatement(document, at, problems);
  else {
    statements.forEach((statement, index) => {
      const pointer = Array.isArray(document['Statement']) ? `/Statement/${index}` : '/Statement';
      new PolicyStatement(statement, pointer, at, problems).check(sids);
    });
  }
  const characters = JSON.stringify(document).length;
  if (characters > MAX_CHARACTERS) refuseTooLarge(`${characters} characters without white space`, at(''), problems);
}

function refuseTooLarge(given: string, place: Place, problems: Problems): void {
  problems.error('policy-too-large', place, 'this policy is too large for a role', {
    given,
    allowed: `${MAX_CHARACTERS} characters without white space`,
    hint: 'join statements, or use wildcards in resources',
  });
}

function checkVersion(document: JsonObject, at: (pointer: string) => Place, problems: Problems): void {
  const version = document['Version'];
  if (version === '2012-10-17' || version === '2008-10-17') return;
  const missing = version === undefined;
  problems.error(
    'policy-version',
    at(missing ? '' : '/Version'),
    missing ? '`Version` is missing' : 'this is not a version of the policy language',
    {
      given: missing ? 'nothing' : JSON.stringify(version),
      allowed: '"2012-10-17"',
      hint: 'write `"Version": "2012-10-17"`; it names the language, not your document',
    },
  );
}

function refuseNoStatement(document: JsonObject, at: (pointer: string) => Place, problems: Problems): void {
  const missing = document['Statement'] === undefined;
  problems.error(
    'policy-no-statement',
    at(missing ? '' : '/Statement'),
    missing ? '`Statement` is missing' : '`Statement` is empty',
    {
      allowed: 'at least one statement',
      hint: 'write a statement, or delete the file when the app needs nothing from AWS',
    },
  );
}
