/** What stands behind a flag, or as an argument. `none`: nothing; `text`: what nobody can guess. */
export type CompletionValue =
  | { readonly kind: 'none' | 'app' | 'environment' | 'process' | 'file' | 'folder' | 'text' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

export interface CompletionFlag {
  /** `--app`, and `-a` when it has a letter. */
  readonly names: readonly string[];
  readonly summary: string;
  readonly value: CompletionValue;
}

/** One command as a shell completes it. */
export interface CompletionCommand {
  /** `releases info` */
  readonly words: string;
  readonly summary: string;
  readonly flags: readonly CompletionFlag[];
  readonly argument: CompletionValue;
}
