# What waits for whom, and changes as they happen. Sourced by commands_test, after
# commands/cyber_bullying.bash.
# shellcheck disable=SC2154 # set by the script that sources this

does "nobody has told the reporter" helen due
holds '[.items[] | select(.overdue)] == []' helen due --overdue

# shows TEXT COMMAND: what a watch that runs prints until it prints the text.
shows() {
  local text=$1 line
  shift
  while IFS= read -r -t 50 line <&"$watch"; do
    echo "$line" >>"$home/screens"
    [[ "$line" != *"$text"* ]] || { checks=$((checks + 1)) && return; }
  done
  wrong "Not shown (\"$text\"): $*"
}

# watches USER COMMAND...: begins one, which ends after a minute by itself.
watches() {
  local user=$1
  shift
  printf '\n$ %s %s\n' "$user" "$*" >>"$home/screens"
  exec {watch}< <(WARDBOOK_CONFIG_DIR="$home/people/$user" exec timeout 60 wardbook "$@" 2>&1)
  watcher=$!
}

# unwatch COMMAND...: ends it.
unwatch() {
  kill "$watcher"
  wait "$watcher" 2>>"$home/setup.log" || true
  exec {watch}<&-
  watcher=
  ran "$@"
}

head=$(field .receipt.position helen case note "$bullied" "She is back at work.")
watches helen case watch --after "$head"
as amara incident wishes "$bullied" --wishes "That it stays as quiet as it is." >"$home/out"
shows "$bullied" case watch
unwatch case watch

watches tomasz due --watch
shows "for you" due --watch
handed_on=$(report amara --kind cyber-bullying --date "$(day 0)" --what "It has begun again." \
  --target "Amara Okonjo-Reyes=$(person amara)" --about-headteacher no --wishes-not-given \
  --indecent-image no --to-line-manager)
shows "$handed_on" due --watch
unwatch due --watch
