import type { Json, JsonObject } from '../model/json.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { didYouMean } from './nearest.js';

const KEYS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/** Checks one statement of a policy. */
export class PolicyStatement {
  constructor(
    private readonly statement: Json | undefined,
    private readonly pointer: string,
    private readonly at: (pointer: string) => Place,
    private readonly problems: Problems,
  ) {}

  /** `sids` collects the statement ids of the document. */
  check(sids: Map<string, number>): void {
    const { statement } = this;
    if (typeof statement !== 'object' || statement === null || Array.isArray(statement)) {
      this.problems.error('policy-statement', this.at(this.pointer), 'a statement is a JSON object', {
        allowed: '`{"Effect": "Allow", "Action": "…", "Resource": "…"}`',
        hint: 'write each statement as an object',
      });
      return;
    }
    const object = statement as JsonObject;
    this.keys(object);
    this.effect(object['Effect']);
    this.oneOf(
      object,
      'Action',
      'NotAction',
      (text) => /^(?:\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/.test(text),
      '`service:Action` or `*`',
    );
    this.oneOf(object, 'Resource', 'NotResource', (text) => /^(?:\*|arn:\S.*)$/.test(text), 'an ARN or `*`');
    this.sid(object['Sid'], sids);
    this.condition(object['Condition']);
  }

  private keys(object: JsonObject): void {
    for (const key of Object.keys(object)) {
      if (KEYS.includes(key)) continue;
      const principal = key === 'Principal' || key === 'NotPrincipal';
      const place = this.at(`key:${this.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      this.problems.error('policy-statement-key', place, `\`${key}\` is not a key of a statement here`, {
        given: key,
        allowed: KEYS.join(', '),
        hint: principal ? 'remove it: the principal is the app’s own role' : didYouMean(key, KEYS, 'remove it'),
      });
    }
  }

  private effect(effect: Json | undefined): void {
    if (effect === 'Allow' || effect === 'Deny') return;
    const missing = effect === undefined;
    this.problems.error(
      'policy-effect',
      this.at(missing ? this.pointer : `${this.pointer}/Effect`),
      missing ? '`Effect` is missing' : 'this is not an effect',
      {
        given: missing ? 'nothing' : JSON.stringify(effect),
        allowed: '"Allow" or "Deny"',
        hint:
          typeof effect === 'string'
            ? didYouMean(effect, ['Allow', 'Deny'], 'write `"Effect": "Allow"`')
            : 'write `"Effect": "Allow"`',
      },
    );
  }

  /** Exactly one of a key and its negation, with a text or a list of texts. */
  private oneOf(object: JsonObject, key: string, not: string, fine: (text: string) => boolean, allowed: string): void {
    if ((object[key] === undefined) === (object[not] === undefined)) {
      const both = object[key] !== undefined;
      this.problems.error(
        'policy-one-of',
        this.at(this.pointer),
        both ? `both \`${key}\` and \`${not}\` are given` : `\`${key}\` is missing`,
        {
          allowed: `one of \`${key}\` and \`${not}\``,
          hint: both ? 'keep one of the two' : `write \`"${key}"\` with ${allowed}`,
        },
      );
      return;
    }
    const given = object[key] === undefined ? not : key;
    const value = object[given] as Json;
    const items = Array.isArray(value) ? value : [value];
    if (items.length > 0 && items.every((item) => typeof item === 'string' && fine(item))) return;
    const wrong = items.findIndex((item) => typeof item !== 'string' || !fine(item));
    const place = this.at(
      Array.isArray(value) && wrong !== -1 ? `${this.pointer}/${given}/${wrong}` : `${this.pointer}/${given}`,
    );
    this.problems.error('policy-value', place, `this is not a value of \`${given}\``, {
      given: wrong === -1 ? 'an empty list' : JSON.stringify(items[wrong]),
      allowed: `${allowed}, or a list of them`,
      hint: given.endsWith('Action') ? 'write for example `"s3:GetObject"`' : 'write for example `"arn:aws:s3:::bucket/*"`',
    });
  }

  private sid(sid: Json | undefined, sids: Map<string, number>): void {
    if (sid === undefined) return;
    const fine = typeof sid === 'string' && /^[A-Za-z0-9]*$/.test(sid);
    if (fine && (sid === '' || !sids.has(sid))) {
      sids.set(sid, sids.size);
      return;
    }
    this.problems.error(
      'policy-sid',
      this.at(`${this.pointer}/Sid`),
      fine ? `the id \`${sid}\` is already in this policy` : 'this is not an id of a statement',
      {
        given: JSON.stringify(sid),
        allowed: 'letters and digits, each id once',
        hint: 'rename it, or leave `Sid` out',
      },
    );
  }

  private condition(condition: Json | undefined): void {
    const isObject = (value: Json | undefined) => typeof value === 'object' && value !== null && !Array.isArray(value);
    if (condition === undefined) return;
    if (isObject(condition) && Object.values(condition as JsonObject).every(isObject)) return;
    this.problems.error('policy-condition', this.at(`${this.pointer}/Condition`), 'this is not a condition', {
      allowed: '`{"StringEquals": {"aws:RequestedRegion": "us-east-1"}}`',
      hint: 'write an object of operators, each with an object of keys and values',
    });
  }
}
