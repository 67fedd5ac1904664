# The demo school's policy: its version in force, acknowledged by some. Sourced by
# deploy/demo/run.

# version TITLE APPROVED_DAYS_AGO REVIEW_IN_DAYS: a version in force.
version() {
  local id sha256
  id=$(as helen --json policy draft --title "$1" --content-file - <<'TEXT' | jq -r .versionId
Social networking policy of Oakfield Primary (an invented school).

All staff keep to this code at work and at home.

Incidents are reported to the line manager or to the Headteacher.

Records are kept, and who was bullied decides whether to tell the police.
TEXT
  )
  sha256=$(as helen --json policy text "$id" | jq -r .version.contentSha256)
  quietly as helen policy sign "$id" --office headteacher --sha256 "$sha256"
  quietly as ruth policy sign "$id" --office chair-of-governors --sha256 "$sha256"
  quietly as helen policy approve "$id" --approved-on "$(day "$2")" --review-on "$(day "-$3")"
}

version "Social networking policy, second edition" 320 20
for user in helen mira amara idris; do
  quietly as "$user" policy acknowledge --tick privacy-high --tick details-private
done
quietly as helen policy remind \
  --message "Please look at your privacy settings, and tell us early if somebody bothers you online."
quietly as tomasz policy acknowledge
