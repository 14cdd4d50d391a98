import { Failure } from '../failure.js';

/** What is wrong with a script. */
export const refuseScript = (where: string, what: string): Failure =>
  new Failure(
    where,
    what,
    `a step is for example {"fail": "update", "resource": "WebService"}; see: empire rehearsal script --help`,
    'script-invalid',
  );

/** The fields of a step; each may be read once, and none may be left over. */
export class Fields {
  private readonly unread: Set<string>;

  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    readonly where: string,
  ) {
    this.unread = new Set(Object.keys(values));
  }

  has(name: string): boolean {
    return Object.hasOwn(this.values, name);
  }

  text(name: string, otherwise?: string): string {
    const value = this.take(name) ?? otherwise;
    if (typeof value === 'string' && value !== '') return value;
    throw refuseScript(this.where, `\`${name}\` must be a text`);
  }

  word<Word extends string>(name: string, allowed: readonly Word[], otherwise?: Word): Word {
    const value = this.take(name) ?? otherwise;
    const found = allowed.find((word) => word === value);
    if (found !== undefined) return found;
    throw refuseScript(this.where, `\`${name}\` must be one of ${allowed.join(', ')}`);
  }

  number(name: string, otherwise: number): number {
    const value = this.take(name) ?? otherwise;
    if (typeof value === 'number' && value >= 0) return value;
    throw refuseScript(this.where, `\`${name}\` must be a number of seconds`);
  }

  times(): number | null {
    const value = this.take('times') ?? 1;
    if (value === 'always') return null;
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
    throw refuseScript(this.where, '`times` must be a number from 1, or `always`');
  }

  refuseRest(): void {
    const [unknown] = this.unread;
    if (unknown !== undefined) throw refuseScript(this.where, `\`${unknown}\` is not known in this step`);
  }

  private take(name: string): unknown {
    this.unread.delete(name);
    return this.values[name];
  }
}
