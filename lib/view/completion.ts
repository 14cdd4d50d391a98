import type { CompletionCommand } from '../model/completion.js';
import { completionCore } from './completion-core.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The script that teaches a shell to complete `empire`. It does not start `empire`, so it answers at once. */
export function renderCompletion(shell: Shell, commands: readonly CompletionCommand[]): string {
  const core = completionCore(commands);
  switch (shell) {
    case 'bash':
      return `# Completion of empire for bash: eval "$(empire autocomplete bash)"\n${core}${BASH}`;
    case 'zsh':
      return `#compdef empire\n# Completion of empire for zsh: eval "$(empire autocomplete zsh)" behind compinit\n${core}${ZSH}`;
    case 'fish':
      return `# Completion of empire for fish: empire autocomplete fish | source\n${fish(core)}`;
  }
}

const BASH = `_empire() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(_empire_candidates "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _empire empire
`;

const ZSH = `_empire() {
  local line
  local -a values shown
  for line in \${(f)"$(_empire_candidates "\${(@)words[2,CURRENT]}" 2>/dev/null)"}; do
    values+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  -- }")
  done
  if (( $#values )); then
    compadd -l -d shown -a values
  else
    _files
  fi
}
if [ "\${funcstack[1]-}" = _empire ]; then
  _empire "$@"
else
  compdef _empire empire
fi
`;

/** Fish has a language of its own, so `sh` runs the shared part. */
function fish(core: string): string {
  const script = `${core}_empire_candidates "$@" 2>/dev/null`.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `set -g __empire_core '${script}'
function __empire_complete
    set -l found (sh -c $__empire_core (commandline -opc) (commandline -ct))
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c empire -f -a '(__empire_complete)'
`;
}
