# A school on a server, for the demo and the tour: sourced, never run. The
# sourcing script sets `home`, the folder of everything that is made, and
# `school`, the short name that people sign in with. All people are invented.

# One line an account: user name, full name, category, job, roles.
staff=(
  "amara:Amara Okonjo-Reyes:employee:Class teacher:staff"
  "tomasz:Tomasz Brightwell:employee:Year leader:staff line-manager"
  "helen:Helen Ashgrove:employee:Headteacher:staff headteacher"
  "mira:Mira Stanhope-Bell:employee:Deputy headteacher:staff senior-leadership"
  "idris:Idris Fenwick-Amadi:employee:Designated safeguarding lead:staff safeguarding-lead"
  "jonah:Jonah Kettleworth:employee:School office:staff"
  "ruth:Ruth Calloway-Singh:governor:Chair of Governors:chair-of-governors"
  "lena:Lena Marchbank:officer:Safeguarding officer:safeguarding-officer"
  "owen:Owen Tillotson:officer:Auditor:auditor"
)

# Whose line manager is who.
line_managers=("amara:tomasz" "jonah:mira")

# Every person has a configuration, and so a session, of their own.
as() {
  local user=$1
  shift
  WARDBOOK_CONFIG_DIR="$home/people/$user" wardbook "$@"
}

server_port() { cat "$home/port"; }

server_at() {
  echo "127.0.0.1:$(server_port)"
}

# start_server [PORT]: on a free port if none is given.
start_server() {
  rm -f "$home/port"
  wardbookd run --data "$home/data" --keys "$home/keys" --listen "127.0.0.1:${1-0}" \
    --port-file "$home/port" >>"$home/server.log" 2>&1 &
  server=$!
  for _ in $(seq 300); do
    [[ -s "$home/port" ]] && return
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  echo "The server did not start; its log is $home/server.log" >&2
  tail -n 5 "$home/server.log" >&2
  return 1
}

stop_server() {
  [[ -n "${server-}" ]] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}

# A password nobody chose: made anew for every school, kept where only the owner
# of the folder can read it.
new_password() {
  (umask 077 && mkdir -p "$home/passwords" &&
    head -c 12 /dev/urandom | base64 | tr '+/' 'xy' >"$home/passwords/$1")
}

# activate USER CODE
activate() {
  new_password "$1"
  printf '%s\n%s\n' "$2" "$(<"$home/passwords/$1")" |
    as "$1" account activate --server "$(server_at)" --ca "$home/keys/tls.crt" \
      --school "$school" --user "$1" --stdin >>"$home/setup.log"
}

sign_in() {
  as "$1" sign-in --server "$(server_at)" --ca "$home/keys/tls.crt" --school "$school" \
    --user "$1" --password-stdin <"$home/passwords/$1" >>"$home/setup.log"
}

# Keys, the school and its administrator, then everybody else by way of the
# administrator, as a school would do it.
# make_school NAME [PORT]: leaves the server running.
make_school() {
  local code line user name category job roles person
  mkdir -p "$home"
  wardbookd init --keys "$home/keys" --name demo.wardbook.example
  code=$(wardbookd add-school --data "$home/data" --keys "$home/keys" \
    --name "$1" --short-name "$school" --administrator "Petra Lindqvist-Moore" --user petra |
    awk '$1 == "code" {print $2}')
  start_server "${2-0}"
  activate petra "$code"
  sign_in petra
  for line in "${staff[@]}"; do
    IFS=: read -r user name category job roles <<<"$line"
    # shellcheck disable=SC2086 # one --role for each word
    person=$(as petra --json person add --name "$name" --category "$category" \
      --job-title "$job" $(printf -- '--role %s ' $roles) | jq -r .personId)
    echo "$person" >"$home/people/$user.id"
    code=$(as petra --json person issue-account "$person" --user "$user" | jq -r .code)
    activate "$user" "$code"
  done
  for line in "${line_managers[@]}"; do
    as petra person line-manager "$(<"$home/people/${line%:*}.id")" \
      --manager "$(<"$home/people/${line#*:}.id")" >>"$home/setup.log"
  done
}
