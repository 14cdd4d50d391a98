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
import { type ReturnedFiles, returnedFiles } from './session/returned-files.js';
import { rollbackEnding } from './session/rollback-ending.js';
import { sentence } from './session/sentence.js';

/** A rollback never waits for a release that it takes back, so it has no choice about the queue. */
const { 'no-queue': _, supersede: __, ...ownFlags } = releaseFlags;

type RollbackFlags = ReleaseFlags & { readonly write: boolean };

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
    write: Flags.boolean({
      summary: 'write what that release had into the app directory; with -e only into files of that environment',
    }),
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
    if (files !== undefined && to !== undefined && !flags.json && !flags.events) this.sayFiles(session, flags, files, to);
    return code;
  }

  private sayFiles(session: AppSession, flags: RollbackFlags, files: ReturnedFiles, to: ReleaseRecord): void {
    const { edits, notes, unknown } = files;
    if (flags.write && unknown)
      this.say(`note: no file was written: v${to.number} was made by something other than empire, from no app directory\n`);
    const paths = edits.map(({ name }) => `${session.repository.appsPath}/${session.name}/${name}`).join(', ');
    const again = sentence(`rollback v${to.number} --write`, session, flags);
    if (!flags.write && edits.length > 0)
      this.say(`note: the app directory says something else than what serves: \`${again}\` writes ${paths}\n`);
    if (flags.write || edits.length === 0) for (const note of notes) this.say(`note: ${note}\n`);
  }
}

const serves = (ending: Ending): boolean => ending.kind === 'unchanged' || ending.record.status === 'succeeded';

function withFiles(ending: Ending, files: ReturnedFiles | undefined, flags: ReleaseFlags): Ending {
  const written = files?.write() ?? [];
  sayWritten(written, flags, files?.edits);
  return { ...ending, written };
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
