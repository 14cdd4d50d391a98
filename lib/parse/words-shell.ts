import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { excerpt } from './excerpt.js';
import { shellForm } from './words-format.js';

/** `-c`, `-lc`: the word after it is a program for a shell, which expands what it holds. */
const SHELL_FLAG = /^-[a-z]{0,8}c$/;
const VARIABLE = /[A-Za-z_{(]/;
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=/;

/** Collects, while a command is split, what only a shell would understand; nothing here runs one. */
export class ShellSyntax {
  private readonly found = new Set<string>();

  /** A character outside quotes. */
  unquoted(text: string, at: number): void {
    const char = text.charAt(at);
    const following = text.charAt(at + 1);
    if (char === '$' && VARIABLE.test(following)) this.found.add(variableAt(text, at));
    else if (char === '&' && following === '&') this.found.add('&&');
    else if (char === '|') this.found.add(following === '|' || text.charAt(at - 1) === '|' ? '||' : '|');
    else if (char === ';' || char === '<' || char === '>' || char === '`' || char === '*') this.found.add(char);
  }

  /** A character in double quotes: there a shell expands variables and backticks, unless the text is itself for a shell. */
  doubleQuoted(text: string, at: number, before: readonly string[]): void {
    const char = text.charAt(at);
    if (char !== '$' && char !== '`') return;
    if (before.some((word) => SHELL_FLAG.test(word))) return;
    if (char === '`') this.found.add('`');
    else if (VARIABLE.test(text.charAt(at + 1))) this.found.add(variableAt(text, at));
  }

  warn(text: string, words: readonly string[], place: Place, problems: Problems): void {
    if (this.found.size > 0) this.warnSyntax(text, place, problems);
    const assignment = ASSIGNMENT.exec(words[0] ?? '');
    if (assignment !== null) {
      problems.warning('command-assignment', place, `\`${excerpt(words[0] as string)}\` is taken as the name of a program`, {
        hint: `set ${excerpt(assignment[1] as string)} in \`env\` or under \`environment:\`, or begin the command with \`env\``,
      });
    }
  }

  private warnSyntax(text: string, place: Place, problems: Problems): void {
    const shown = [...this.found].slice(0, 5).map((syntax) => (syntax === '`' ? 'a backtick' : `\`${excerpt(syntax)}\``));
    problems.warning(
      'command-shell-syntax',
      place,
      `no shell reads this command, so ${shown.join(', ')} reaches the program as it is`,
      {
        given: excerpt(text),
        hint: `if a shell is meant, write: ${shellForm(text.trim())}`,
      },
    );
  }
}

function variableAt(text: string, at: number): string {
  const name = /^\$(?:\{[^}]{0,40}\}?|\(|[A-Za-z_][A-Za-z0-9_]{0,60})/.exec(text.slice(at, at + 64));
  return name === null ? '$' : name[0];
}
