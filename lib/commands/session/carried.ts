/** The words of `run` and `exec`, as the door hands them on. */
export interface Carried {
  /** For oclif. */
  readonly ours: string[];
  /** Word for word as somebody wrote them. */
  readonly words: readonly string[];
  /** Somebody wrote `--` in front of them. */
  readonly verbatim: boolean;
}

/**
 * Parts the words at the first `--`, behind which oclif must not see them: it sorts what it gives back, so that a word that comes twice
 * changes its place.
 */
export function carriedBy(argv: readonly string[]): Carried {
  const end = argv.indexOf('--');
  if (end === -1) return { ours: [...argv], words: [], verbatim: false };
  const verbatim = argv[end + 1] === '--';
  return { ours: argv.slice(0, end), words: argv.slice(verbatim ? end + 2 : end + 1), verbatim };
}
