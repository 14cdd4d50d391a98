import type { ReleaseRecord } from '../model/release.js';
import { renderDossier } from './dossier.js';
import type { Look } from './look.js';
import { whoOf } from './progress-lines.js';
import { renderMoment } from './time.js';

/** One release and what went wrong with it. */
export function renderWhy(record: ReleaseRecord, look: Look): string {
  const { number, app, reason, createdAt, status, summary, dossier } = record;
  const head = `v${number} of ${app}, ${reason.description}, by ${whoOf(reason.by)}, ${renderMoment(createdAt)}`;
  const lines = `${head}\n${status}${summary === '' ? '' : `: ${summary}`}\n`;
  return dossier.kind === 'given' ? lines + renderDossier(dossier.value, look) : lines;
}
