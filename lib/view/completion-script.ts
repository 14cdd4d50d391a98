/**
 * What does not depend on the commands, in the words of POSIX. Every name begins with `_empire_`, since a shell keeps them all. Names of
 * directories go through `_empire_names`: one that a shell would take for more than a name is never offered.
 */
const FOLDER = `# The apps folder: what --apps said, or the nearest one upwards.
_empire_folder() {
  if [ -n "$_empire_apps" ]; then printf '%s\\n' "$_empire_apps"; return; fi
  _empire_at=$PWD
  while :; do
    if [ -d "$_empire_at/apps" ]; then printf '%s\\n' "$_empire_at/apps"; return; fi
    if [ -e "$_empire_at/.git" ] || [ -z "$_empire_at" ]; then return 1; fi
    _empire_at=\${_empire_at%/*}
  done
}
_empire_names() {
  sed -n '/^[a-z0-9][a-z0-9_-]*$/p'
}`;

const VALUES = `_empire_apps_there() {
  _empire_dir=$(_empire_folder) || return 0
  for _empire_one in "$_empire_dir"/*/; do
    [ -d "$_empire_one" ] || continue
    _empire_one=\${_empire_one%/}
    printf '%s\\n' "\${_empire_one##*/}"
  done | _empire_names
}
_empire_environments_there() {
  _empire_dir=$(_empire_folder) || return 0
  echo default
  for _empire_one in "$_empire_dir"/../platform.*; do
    [ -f "$_empire_one" ] && printf '%s\\n' "\${_empire_one##*/platform.}"
  done | _empire_names
}
_empire_processes_there() {
  _empire_dir=$(_empire_folder) || return 0
  if [ -z "$_empire_app" ]; then
    case "$PWD/" in
      "$_empire_dir"/*) _empire_app=\${PWD#"$_empire_dir"/}; _empire_app=\${_empire_app%%/*} ;;
    esac
  fi
  [ -n "$_empire_app" ] || return 0
  for _empire_one in "Procfile.$_empire_environment" Procfile; do
    [ -f "$_empire_dir/$_empire_app/$_empire_one" ] || continue
    sed -n 's/^\\([a-z][a-z0-9_-]*\\):.*/\\1/p' "$_empire_dir/$_empire_app/$_empire_one" | sed '/^x-/d'
    return
  done
  [ -d "$_empire_dir/$_empire_app" ] && echo web
}
_empire_values() {
  case "$1" in
    app) _empire_apps_there ;;
    environment) _empire_environments_there ;;
    process) _empire_processes_there ;;
    'choice '*) printf '%s\\n' "\${1#choice }" | tr ' ' '\\n' ;;
  esac
}`;

const CANDIDATES = `_empire_candidates() (
  [ -z "\${ZSH_VERSION-}" ] || emulate sh
  _empire_command= _empire_argument_seen= _empire_behind= _empire_ended= _empire_apps=
  _empire_app=\${EMPIRE_APP-} _empire_environment=\${EMPIRE_ENVIRONMENT-}
  while [ $# -gt 1 ]; do
    _empire_word=$1; shift
    if [ -n "$_empire_behind" ]; then
      [ "$_empire_word" = = ] && continue
      _empire_remember "$_empire_behind" "$_empire_word"; _empire_behind=; continue
    fi
    case "$_empire_word" in
      --) _empire_ended=yes ;;
      --*=*) _empire_remember "$(_empire_takes "$_empire_command" "\${_empire_word%%=*}")" "\${_empire_word#*=}" ;;
      -*) [ -n "$_empire_ended" ] || _empire_behind=$(_empire_takes "$_empire_command" "$_empire_word") ;;
      *) _empire_take_word ;;
    esac
  done
  _empire_front=
  [ "$1" = = ] && set -- ''
  case "$_empire_behind$1" in
    --*=*) _empire_front=\${1%%=*}=; _empire_behind=$(_empire_takes "$_empire_command" "\${1%%=*}"); set -- "\${1#*=}" ;;
  esac
  _empire_possible "$1" | while IFS= read -r _empire_line; do
    case "$_empire_line" in "$1"*) printf '%s\\n' "$_empire_front$_empire_line" ;; esac
  done
)
_empire_remember() {
  case "$1" in
    app) _empire_app=$2 ;;
    environment) _empire_environment=$2 ;;
    folder) _empire_apps=$2 ;;
  esac
}
_empire_take_word() {
  if [ -z "$_empire_argument_seen" ] && [ -n "$(_empire_words "$_empire_command" | _empire_known "$_empire_word")" ]; then
    _empire_command=\${_empire_command:+$_empire_command }$_empire_word
  else
    [ -n "$_empire_argument_seen" ] || _empire_remember "$(_empire_argument "$_empire_command")" "$_empire_word"
    _empire_argument_seen=yes
  fi
}
_empire_known() {
  while IFS= read -r _empire_line; do
    case "$_empire_line" in "$1"|"$1	"*) echo yes ;; esac
  done
}
_empire_possible() {
  if [ -n "$_empire_behind" ]; then _empire_values "$_empire_behind"; return; fi
  case "$_empire_ended$1" in
    -*) if [ -n "$_empire_command" ]; then _empire_flags "$_empire_command"; else printf '%s\\n' --help --version; fi; return ;;
  esac
  [ -n "$_empire_argument_seen" ] || _empire_words "$_empire_command"
  [ -z "$_empire_command" ] || _empire_values "$(_empire_argument "$_empire_command")"
}`;

export const COMPLETION_SCRIPT = [FOLDER, VALUES, CANDIDATES].join('\n');
