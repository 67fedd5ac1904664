# A teacher joins the school and leaves it again; the Headteacher is away for some
# days. Sourced by commands_test.
# shellcheck disable=SC2154 # set by the script that sources this

does "Bryony Haldane" petra person add --name "Bryony Haldane" --category supply \
  --job-title "Supply teacher"
does "The register is corrected" petra person correct "Bryony Haldane" \
  --name "Bryony Haldane-Firth" \
  --category employee --job-title "Class teacher"
holds '[.people[] | select(.name == "Bryony Haldane-Firth") | [.category, .jobTitle]] ==
  [["PERSON_CATEGORY_EMPLOYEE", "Class teacher"]]' \
  petra person list
does "The role is given: staff, from now on" petra person grant-role "Bryony Haldane-Firth" \
  --role staff
does "The role is given: line manager, from now on" petra person grant-role \
  "Bryony Haldane-Firth" --role line-manager
does "line manager, from" petra person roles "Bryony Haldane-Firth"
does "The role is ended: line manager, from now on" petra person end-role "Bryony Haldane-Firth" \
  --role line-manager
holds '[.roles[].role] == ["ROLE_STAFF"]' petra person roles "Bryony Haldane-Firth"
does "The line manager is assigned" petra person line-manager "Bryony Haldane-Firth" \
  --manager "Tomasz Brightwell"
does "Helen Ashgrove" amara person who headteacher
does "Bryony Haldane-Firth" amara person list
refused R-ROLE "" amara person add --name "Nobody Known" --category employee
refused R-OWN-LINE-MANAGER P45 petra person line-manager "Tomasz Brightwell" \
  --manager "Tomasz Brightwell"

# Her account, from the code to the last sign-out.
does "It works once" petra person issue-account "Bryony Haldane-Firth" --user bryony
code=$(field .code petra person issue-account "Bryony Haldane-Firth" --user bryony)
new_password bryony
printf '%s\n%s\n' "$code" "$(<"$home/passwords/bryony")" >"$home/code"
refused R-PASSWORD P15 bryony account activate --server "$(server_at)" --ca "$home/keys/tls.crt" \
  --school "$school" --user bryony --stdin < <(echo "$code" && echo short)
does "The account is ready" bryony account activate --server "$(server_at)" \
  --ca "$home/keys/tls.crt" \
  --school "$school" --user bryony --stdin <"$home/code"
does "Bryony Haldane-Firth" bryony sign-in --password-stdin <"$home/passwords/bryony"
does "Bryony Haldane-Firth" bryony whoami
does "changed" bryony account change-password --stdin \
  < <(cat "$home/passwords/bryony" && echo "a longer walk to the lighthouse")
holds '[.reviews[] | select(.name == "Bryony Haldane-Firth")] | length == 1' \
  helen profile-review list
refused R-REVIEW-BEFORE-JOINING "" bryony profile-review confirm --on "$(day 3)"
does "Your review is confirmed" bryony profile-review confirm
holds '[.reviews[] | select(.name == "Bryony Haldane-Firth")] | length == 0' \
  helen profile-review list
does "Bryony Haldane-Firth" helen profile-review list --confirmed
does "Signed out" bryony sign-out
refused R-SIGN-IN-FAILED P15 bryony sign-in --password-stdin <"$home/passwords/bryony"
does "what they reported stays" petra person leave "Bryony Haldane-Firth" \
  --reason "To another school"
holds '.people[] | select(.name == "Bryony Haldane-Firth") | has("leftTime")' petra person list

# The Headteacher is away; the deputy acts. She comes back early.
refused R-DEPUTY P39 helen absence record --deputy "Amara Okonjo-Reyes" --reason "A course"
does "The absence is recorded, from now on until the end of" helen absence record \
  --deputy "Mira Stanhope-Bell" --reason "A course" \
  --until "$(day -3)"
does "Mira Stanhope-Bell" amara absence who-acts
does "Mira Stanhope-Bell" helen absence list
absence=$(field '.absences[0].absenceId' helen absence list)
does "The absence is ended" helen absence end "$absence"
holds '(has("absence") | not) and .headteacherNames == ["Helen Ashgrove"]' amara absence who-acts
