import type { PlatformState } from '../model/platform-state.js';
import { renderNumber } from './columns.js';
import { renderMoment } from './time.js';

/** How a platform is, in columns: state, where, since when, what stands on it. */
export function renderPlatformState(state: PlatformState): readonly string[] {
  if (state.kind === 'unknown') return [`not asked: ${state.why}`];
  const where = `${state.account}, ${state.region}`;
  if (state.kind === 'absent') return ['not deployed', where];
  const { stack, apps } = state;
  if (stack.kind === 'none') return ['there, without a stack', where, '', renderNumber(apps.length, 'app')];
  return [wordsOf(stack.value.status), where, renderMoment(stack.value.changedAt), renderNumber(apps.length, 'app')];
}

function wordsOf(status: string): string {
  if (/^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK)_COMPLETE$/.test(status)) return 'deployed';
  if (status === 'REVIEW_IN_PROGRESS' || status === 'ROLLBACK_COMPLETE') return 'never made';
  return status.endsWith('_IN_PROGRESS') ? `being changed (${status})` : `stuck (${status})`;
}

/** For programs; what is not known is null. */
export function platformStateJson(state: PlatformState): object {
  if (state.kind === 'unknown') return { state: 'unknown', why: state.why };
  const { account, region } = state;
  if (state.kind === 'absent') return { state: 'absent', account, region };
  const { stack, apps } = state;
  const facts = { state: 'there', account, region, apps };
  if (stack.kind === 'none') return { ...facts, status: null, changedAt: null };
  return { ...facts, status: stack.value.status, changedAt: new Date(stack.value.changedAt).toISOString() };
}
