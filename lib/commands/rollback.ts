import { Args, Flags } from '@oclif/core';
import type { Given } from '../model/given.js';
import type { PlanFinding } from '../model/plan.js';
import type { ReleaseRecord } from '../model/release.js';
import type { RollbackProposal } from '../release/rollback.js';
import { approve } from './session/approval.js';
import { sayWritten } from './session/edits.js';
import { parseTimeout, type ReleaseFlags, releaseFlags } from './session/flags.js';
import { refuseUnknownApp } from './session/known-app.js';
import { type AppSession, openApp } from './session/open.js';
import { type Ending, sayEnding } from './session/outcome.js';
import { OutsideCommand } from './session/outside-command.js';
import { planWords } from './session/planner.js';
import { reasonOf } from './session/reason.js';
import { numberOf, refuseNoRelease } from './session/release-number.js';
import { type ReturnedFiles, returnedFiles, rollbackEnding } from './session/rollback-ending.js';
import { sentence } from './session/sentence.js';

/** A rollback never waits for a release that it takes back, so it has no choice about the queue. */
const { 'no-queue': _, supersede: __, ...ownFlags } = releaseFlags;

/** `empire rollback`: goes back to a release, as a new one. */
export default class Rollback extends OutsideCommand {
  static override summary = 'Go back to a release.';
  static override description =
    'Makes a new release from the stored template of an older one: no registry, no rebuild, no compile. The scale stays as it is now. While a release runs, it is cancelled first. Without a version: the one before.';
  static override examples = ['<%= config.bin %> rollback v1 -a acme-inc --rehearse'];
  static override args = { release: Args.string({ description: 'the release to go back to: v12, 12 or its id' }) };
  static override flags = {
    ...ownFlags,
    'with-scale': Flags.boolean({ summary: 'also bring back the scale of then' }),
    write: Flags.boolean({ summary: "write that release's files into the app directory" }),
  };

  async run(): Promise<number> {
    const { args, flags: given } = await this.parse(Rollback);
    const flags = { ...given, 'no-queue': false, supersede: true };
    const wanted = args.release;
    if (wanted !== undefined) refuseNoRelease(wanted);
    const session = await openApp(this, undefined, flags, { directory: 'optional', intent: 'writes' });
    const target: Given<number> =
      wanted === undefined ? { kind: 'none' } : { kind: 'given', value: await numberOf(session.engine, wanted) };
    const { ending, to } = await session.interrupt.during(async () => {
      try {
        return await goBack(session, flags, { target, withScale: flags['with-scale'] });
      } finally {
        session.screen.end();
      }
    });
    const files = to !== undefined && serves(ending) ? await returnedFiles(session, to, flags['with-scale']) : undefined;
    const code = sayEnding(session, flags, flags.write ? withFiles(ending, files, flags) : ending);
    if (flags.write && files?.unknown && !flags.json && !flags.events)
      this.say(`note: no file was written: v${to?.number} was made by something other than empire, from no app directory\n`);
    if (!flags.write && files !== undefined && files.differing.length > 0 && !flags.json && !flags.events)
      this.say(
        `note: ${files.differing.join(', ')} still ${files.differing.length === 1 ? 'differs' : 'differ'} from what serves: ${writeAgain(session, flags, to)}\n`,
      );
    return code;
  }
}

const writeAgain = (session: AppSession, flags: ReleaseFlags, to: ReleaseRecord | undefined): string =>
  `\`${sentence(`rollback v${to?.number ?? ''} --write`, session, flags)}\` writes them`;

const serves = (ending: Ending): boolean => ending.kind === 'unchanged' || ending.record.status === 'succeeded';

function withFiles(ending: Ending, files: ReturnedFiles | undefined, flags: ReleaseFlags): Ending {
  files?.write();
  sayWritten(files?.differing ?? [], flags);
  return { ...ending, written: files?.differing ?? [] };
}

const imagesOf = (release: Given<ReleaseRecord>): ReleaseRecord['images'] =>
  release.kind === 'given' ? release.value.images : [];

/** Goes back, and gives the release that was returned to. */
async function goBack(
  session: AppSession,
  flags: ReleaseFlags,
  wanted: { readonly target: Given<number>; readonly withScale: boolean },
): Promise<{ readonly ending: Ending; readonly to: ReleaseRecord | undefined }> {
  const { readSituation } = await import('../release/situation.js');
  const { rollback } = await import('../release/rollback.js');
  const situation = await readSituation(session.engine);
  refuseUnknownApp(session, situation);
  const { kind: _kind, description: _description, ...reason } = await reasonOf(session, 'rollback', '', flags.message);
  let findings: readonly PlanFinding[] = [];
  const result = await rollback(session.engine, situation, {
    ...wanted,
    reason,
    words: (before, after) => planWords([...imagesOf(before), ...situation.recent.flatMap(({ record }) => record.images)], after),
    approve: (proposal) => {
      findings = proposal.plan.findings;
      return approveProposal(session, flags, proposal);
    },
    timeoutSeconds: parseTimeout(flags.timeout),
    keepImages: process.env['KEEP_IMAGES'] !== 'off',
  });
  const ending = await rollbackEnding(session, flags, result, findings);
  if (result.kind === 'stopped') return { ending, to: undefined };
  return { ending, to: result.target };
}

/** An incident is no time for questions: asked only when something would be lost or opened. */
async function approveProposal(
  session: AppSession,
  flags: ReleaseFlags,
  { target, plan, notes }: RollbackProposal,
): Promise<readonly string[]> {
  session.screen.end();
  if (!flags.json && !flags.events) {
    const { renderPlan } = await import('../view/plan.js');
    process.stderr.write(`${renderPlan(plan, session.look)}${notes.map((note) => `note: ${note}\n`).join('')}`);
  }
  const question = `Roll ${session.name} back to v${target.number}?`;
  return approve({ plan, asks: 'destructive', flags, undone: [], question });
}
