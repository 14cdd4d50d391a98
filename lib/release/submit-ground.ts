import type { Engine } from './engine.js';
import { forcedRestarts, unforceable } from './forced-resources.js';
import type { Hold } from './hold.js';
import { readLiveFacts } from './live-facts.js';
import type { PreparedTemplate } from './prepared-template.js';
import type { Situation } from './situation.js';
import type { Submission } from './submission.js';
import { readBase } from './submitted-base.js';
import { type Submitted, type SubmittedInput, submittedTemplate } from './submitted-template.js';
import { parseTemplateObject } from './template-references.js';
import type { LiveFacts } from './template-rewrites.js';

/** What must be known beside the template to write the one that is submitted. */
export interface Ground {
  readonly facts: LiveFacts;
  readonly base: SubmittedInput['base'];
}

export async function readGround(engine: Engine, { stack, running, recent, current }: Situation, next: string): Promise<Ground> {
  const [facts, base] = await Promise.all([
    readLiveFacts(engine, stack, running, next),
    readBase(engine, running, recent, current),
  ]);
  return { facts, base };
}

export interface SubmittedParts {
  readonly submission: Submission;
  readonly situation: Situation;
  readonly ground: Ground;
  readonly prepared: PreparedTemplate | undefined;
  readonly forced: readonly string[];
}

/** The template of this update, against what the stack has by then. */
export function writeSubmitted(engine: Engine, hold: Hold, parts: SubmittedParts): Submitted {
  const { submission, situation, ground, prepared, forced } = parts;
  const { content, parameters, platform } = submission;
  const { running } = situation;
  const release = `v${hold.record.number}`;
  const template = parseTemplateObject(content.template);
  for (const id of unforceable(template, forced))
    engine.report({ kind: 'note', text: `${id} cannot be forced: look at it in the console` });
  const restarted = Object.keys(forcedRestarts(template, forced, release));
  return submittedTemplate({
    next: content.template,
    running: prepared?.text ?? (running.kind === 'given' ? running.value : undefined),
    base: ground.base,
    facts: ground.facts,
    parameters: [...Object.keys(parameters), ...restarted, ...changedPlatform(situation, platform)],
    forced,
    release,
  });
}

/** Names of the platform's parameters that have another value than the stack was last given. */
function changedPlatform({ stack }: Situation, platform: Submission['platform']): readonly string[] {
  if (stack.kind === 'none') return [];
  return stack.value.parameters
    .filter(
      ({ name, resolved }) => resolved.kind === 'given' && platform[name] !== undefined && platform[name] !== resolved.value,
    )
    .map(({ name }) => name);
}
