import type { CheckResult } from '../../model/check.js';
import type { Ground } from '../../model/ground.js';
import type { Origins } from '../../model/problem.js';
import type { Caller, Windows } from '../../model/windows.js';
import { no, ok } from '../answer.js';
import type { Rule } from '../rule.js';
import { writtenAt } from '../written-at.js';

/** What may be asked of the pieces that a platform adopts. */
export interface GroundInput {
  readonly windows: Windows;
  readonly caller: Caller;
  readonly ground: Ground;
  /** Where the keys of the platform file were written. */
  readonly origins: Origins;
}

export type GroundRule = Rule<GroundInput>;

/** The answers about one adopted piece, named by the key that adopts it. */
export class Piece {
  constructor(
    private readonly input: Pick<GroundInput, 'origins'>,
    private readonly name: string,
    private readonly key: string,
    /** As the platform file says it. */
    private readonly subject: string,
  ) {}

  fits(text: string): CheckResult {
    return ok(this.name, this.subject, text);
  }

  /** There is no such thing. */
  missing(text: string): CheckResult {
    return no(this.name, this.subject, { text, hint: `correct ${this.written}`, code: 'adopted-missing' });
  }

  /** It is there, and cannot be used as it is. */
  misfit(text: string, hint: string): CheckResult {
    return no(this.name, this.subject, { text, hint, code: 'adopted-misfit' });
  }

  /** `\`ZONE_ID\` (platform:3:1)`. */
  get written(): string {
    const at = writtenAt(`/${this.key}`, this.input.origins);
    return `\`${this.key}\`${at === '' || at === 'default' ? '' : ` (${at})`}`;
  }
}

/** The VPC that is adopted; empty when one is made. */
export const adoptedVpc = ({ platform: { network } }: Ground): string => (network.kind === 'existing' ? network.vpcId : '');
