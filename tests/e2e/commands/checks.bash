# How the test runs the commands, what it demands of them, and which of them it
# has run. Sourced by commands_test, which sets `home`; `as` records, in place of
# that of deploy/school.bash.
# shellcheck disable=SC2154 # set by the script that sources this

# names_in_help [NOUN...]: the commands that this help lists.
names_in_help() {
  wardbook "$@" --help | awk '/^Commands:/ {on = 1; next} /^$/ {on = 0}
    on && /^  [a-z]/ {print $1}'
}

# leaf_commands [NOUN...]: every command below that has none below itself.
leaf_commands() {
  local name names
  names=$(names_in_help "$@")
  if [[ -z "$names" ]]; then
    echo "$*"
  else
    for name in $names; do leaf_commands "$@" "$name"; done
  fi
}

# command_of ARGUMENT...: the leaf command that the arguments begin with.
command_of() {
  local leaf
  while read -r leaf; do
    [[ "$* " != "$leaf "* ]] || { echo "$leaf" && return; }
  done <"$home/leaves"
}

# ran ARGUMENT...: the command counts as run.
ran() {
  [[ "$1" != --json ]] || shift
  printf '%s \n' "${*//$'\n'/ }" >>"$home/ran"
}

# A command that is done counts as run; one that is refused does not.
as() {
  local user=$1
  shift
  WARDBOOK_CONFIG_DIR="$home/people/$user" wardbook "$@" || return
  ran "$@"
}

# not_run: the leaf commands that nobody ran.
not_run() {
  local leaf
  while read -r leaf; do grep -q "^$leaf " "$home/ran" || echo "$leaf"; done <"$home/leaves"
}

# wrong MESSAGE [WHAT_WAS_SAID]: ends the test.
wrong() {
  printf '%s\n' "$@" >&2
  exit 1
}

# does TEXT USER COMMAND...: the screen of the command must have the text.
does() {
  local text=$1 answer
  shift
  answer=$(as "$@" 2>&1) || wrong "Not done: $*" "$answer"
  printf '\n$ %s\n%s\n' "$*" "$answer" >>"$home/screens"
  grep -qF -- "$text" <<<"$answer" || wrong "Not said (\"$text\"): $*" "$answer"
  checks=$((checks + 1))
}

# holds FILTER USER COMMAND...: so must it be in the JSON of the answer.
holds() {
  local filter=$1 answer
  shift
  answer=$(as "$1" --json "${@:2}" 2>&1) || wrong "Not done: $*" "$answer"
  jq -e "$filter" <<<"$answer" >/dev/null || wrong "Not so ($filter): $*" "$answer"
  checks=$((checks + 1))
}

# field FILTER USER COMMAND...: what the JSON of the answer has there.
field() {
  local filter=$1
  shift
  as "$1" --json "${@:2}" | jq -er "$filter" || wrong "No $filter: $*"
}

# named_options TEXT: those that a refusal says to look at.
named_options() { awk '/^Look at:/' <<<"$1" | grep -o -- '--[a-z0-9-]*' || true; }

# has_option OPTION COMMAND...: whether the help of the command has it.
has_option() {
  local words
  read -ra words < <(command_of "${@:2}")
  wardbook "${words[@]}" --help | grep -qE -- "^  (or )?$1 "
}

# refused CODE CLAUSE USER COMMAND...: by a rule, which the standard error names.
refused() {
  local code=$1 clause=$2 answer option result=0
  shift 2
  answer=$(as "$@" 2>&1 >"$home/out") || result=$?
  printf '\n$ %s\n%s\n' "$*" "$answer" >>"$home/screens"
  ((result == 1 || result == 3 || result == 4)) ||
    wrong "Ended with $result, not refused ($code): $*" "$answer"
  [[ ! -s "$home/out" ]] || wrong "Refused, and yet: $*" "$(<"$home/out")"
  grep -qE "$code([^A-Z-].*)?$clause" <<<"$answer" || wrong "Refused, but not as $code $clause: $*" "$answer"
  for option in $(named_options "$answer"); do
    has_option "$option" "${@:2}" || wrong "No option $option: $*" "$answer"
  done
  refusals=$((refusals + 1))
}

# day DAYS [FORMAT]: so many days ago, or from now on when negative.
day() { TZ=Europe/London date --date "$((-$1)) days" "+${2-%Y-%m-%d}"; }

# person USER: the id in the register of somebody with an account.
person() { cat "$home/people/$1.id"; }

# report USER ARGUMENT...: the reference of a new case.
report() { field .caseRef "$1" incident report "${@:2}"; }

# id_of FILTER USER COMMAND...: an id as the commands take it, from the JSON.
id_of() { field "$@" | base64 -d | od -An -tx1 | tr -d ' \n'; }

# recorded USER CASE EVENT...: the case must have exactly these entries.
recorded() {
  holds "[.caseFile.timeline[].event | keys[0]] == $(in_json "${@:3}")" "$1" case show "$2"
}

# entered NOUN USER ENTRY EVENT...: and so the entry of a register.
entered() {
  # shellcheck disable=SC2086 # "phone visit" is two words
  holds "[.entry.steps[].event | keys[0]] == $(in_json "${@:4}")" "$2" $1 show "$3"
}

# in_json WORD...: an array.
in_json() { printf '%s\n' "$@" | jq -Rnc '[inputs]'; }
