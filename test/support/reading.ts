import type { Problem } from '../../lib/model/problem.js';
import { SourceText } from '../../lib/parse/source-text.js';
import { Problems } from '../../lib/problems.js';

/** Runs one reader over a text. */
export function reading<T>(
  file: string,
  text: string,
  reader: (source: SourceText, problems: Problems) => T,
): { value: T; problems: Problem[] } {
  const problems = new Problems();
  return { value: reader(new SourceText(file, text), problems), problems: problems.all };
}

/** `line:column code` of each problem, to compare in one line. */
export function said(problems: readonly Problem[]): string[] {
  return problems.map(({ place, code }) => (place.kind === 'point' ? `${place.line}:${place.column} ${code}` : code));
}
