import type { Given } from '../model/given.js';
import type { Dossier, Evidence } from '../model/release.js';
import { type Look, paint } from './look.js';
import { renderMoment } from './time.js';

/** Why a release failed: the cause and its line, what shows it, what had changed, and what to do. */
export function renderDossier(dossier: Dossier, look: Look): string {
  const { process } = dossier;
  const about = process.kind === 'given' && !dossier.cause.startsWith(process.value) ? `${process.value}: ` : '';
  const lines = [
    paint(`cause: ${about}${dossier.cause}${inBrackets(dossier.place)}`, 'red', look),
    ...section('seen', dossier.evidence.map(renderEvidence)),
    ...section('changed since the last good release', dossier.changes),
    ...section('what to do', dossier.advice),
  ];
  return `${lines.join('\n')}\n`;
}

const inBrackets = (place: Given<string>): string => (place.kind === 'given' ? ` (${place.value})` : '');

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}

function renderEvidence({ from, at, text }: Evidence): string {
  const moment = at.kind === 'given' ? `${renderMoment(at.value)}  ` : '';
  return `${moment}${from}: ${text}`;
}
