import type { Given } from '../../model/given.js';
import type { ReleaseKind, ReleaseReason } from '../../model/release.js';
import type { AppSession } from './open.js';

/** Who and why, with the commit and the CI run around this process. */
export async function reasonOf(
  session: Pick<AppSession, 'repository' | 'caller' | 'name'>,
  kind: ReleaseKind,
  description: string,
  message: string | undefined,
): Promise<ReleaseReason> {
  const { openGit } = await import('../../windows/git.js');
  const { root, appsPath } = session.repository;
  const head = openGit().head(root, `${appsPath}/${session.name}`);
  return {
    kind,
    description,
    message: message ? { kind: 'given', value: message } : { kind: 'none' },
    by: session.caller.arn,
    commit:
      head.kind === 'given' ? { kind: 'given', value: { sha: head.value.commit, dirty: head.value.dirty } } : { kind: 'none' },
    run: runOf(process.env),
  };
}

/** The address of the CI run, as the usual services say it. */
export function runOf(variables: Readonly<Record<string, string | undefined>>): Given<string> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = variables;
  if (server && repository && run) return { kind: 'given', value: `${server}/${repository}/actions/runs/${run}` };
  const url = ['CI_JOB_URL', 'BUILDKITE_BUILD_URL', 'CIRCLE_BUILD_URL', 'BUILD_URL']
    .map((name) => variables[name])
    .find((value) => value);
  return url === undefined ? { kind: 'none' } : { kind: 'given', value: url };
}
