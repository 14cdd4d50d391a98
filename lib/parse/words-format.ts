/** Words → one command text that `splitWords` reads back exactly. */
export function formatWords(words: readonly string[]): string {
  return words.map(formatWord).join(' ');
}

/** One word, in single quotes when it needs them. */
export function formatWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The command that gives the text to a shell: `sh -c '…'`. */
export function shellForm(text: string): string {
  return `sh -c ${formatWord(text)}`;
}
