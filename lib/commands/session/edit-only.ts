import { renderProblems } from '../../view/problem.js';
import type { Change } from './change.js';
import { draft } from './draft.js';
import { sayWritten, writeEdits } from './edits.js';
import { directoryOf, type LocalApp } from './local.js';

/** `--no-deploy`: the edits of a change in the app directory, and nothing else. No network, no credentials. Gives the exit code. */
export function editOnly(local: LocalApp, change: Change): number {
  const drafted = draft(local, change.edit(local.folder, directoryOf(local.folder, local.name)));
  const written = writeEdits(local, drafted.edits);
  if (change.flags.json) {
    process.stdout.write(`${JSON.stringify({ changed: written.length > 0, written, release: null }, null, 2)}\n`);
    return 0;
  }
  process.stderr.write(renderProblems(drafted.problems));
  sayWritten(written, change.flags, drafted.edits);
  if (written.length === 0) process.stderr.write(`nothing to change in ${local.name}\n`);
  else process.stderr.write(`next: commit it, then \`empire deploy ${local.name}\`\n`);
  return 0;
}
