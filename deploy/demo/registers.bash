# Entries in the registers of the demo school, in different states. Sourced by
# deploy/demo/run. Sets `child` and `parent`, people of the register by name.
# shellcheck disable=SC2154 # set by the script that sources this

declare -A child parent
# enter NAME CATEGORY: the id of a new person who has no account.
enter() { as petra --json person add --name "$1" --category "$2" | jq -r .personId; }
child[wren]=$(enter "Wren Abernathy-Cole" pupil)
child[milo]=$(enter "Milo Tanswell" pupil)
child[zadie]=$(enter "Zadie Ofori-Lane" pupil)
parent[wren]=$(enter "Fern Abernathy-Cole" parent)
parent[milo]=$(enter "Gareth Tanswell" parent)

# Permissions: asked for, granted, refused, taken back.
granted=$(entry as amara --json permission request --kind phone-kept-on \
  --reason "A relative is in hospital." --room staff-room \
  --until "$(day -3 '%Y-%m-%d 16:00')")
quietly as mira permission grant "$granted" --discussed "$(day 0 '%Y-%m-%d 00:00')"
quietly as tomasz permission request --kind work-social-media --purpose professional \
  --platform "A forum of history teachers" --equipment "School laptop" \
  --reason "Exchange of lesson plans." --until "$(day -200)"
logo=$(entry as jonah --json permission request --kind name-and-logo --where "Programme of the summer fair" \
  --asset "Logo of the school" --audience "Families" --reason "For the printers." \
  --until "$(day -60)")
printf 'You may print the logo on the programme. H. Ashgrove\n' >"$home/permission.txt"
quietly as helen permission grant "$logo" --document "$home/permission.txt"
refused=$(entry as amara --json permission request --kind name-and-logo --where "A private blog" \
  --asset "Name of the school" --audience "Anybody" --reason "A post about my year." \
  --until "$(day -60)")
quietly as helen permission refuse "$refused" --reasons "A private blog does not need it."

# Children's phones: one still in the office, one given back.
held=$(entry as jonah --json phone take-in --child "${child[milo]}" --device "Black, cracked corner")
quietly as jonah phone parents-told "$held" --told "Gareth Tanswell" --how telephone
back=$(entry as jonah --json phone take-in --child "${child[wren]}" --device "Blue case")
quietly as jonah phone parents-told "$back" --told "Fern Abernathy-Cole" --how telephone
quietly as jonah phone return "$back" --to "Fern Abernathy-Cole" \
  --early-because "A dentist's appointment"

# Photographs: parents, consent, a school device, a picture that was shared.
quietly as jonah consent link-parent "${child[wren]}" --parent "${parent[wren]}" --relationship mother
quietly as jonah consent link-parent "${child[milo]}" --parent "${parent[milo]}" --relationship father
quietly as jonah consent give "${child[wren]}" --parent "${parent[wren]}" --how "on the form" \
  --scope learning --scope display
quietly as jonah consent refuse "${child[milo]}" --parent "${parent[milo]}" --how "by letter"
quietly as mira device register IPAD-014 --description "Tablet of Class 4"
picture=$(entry as amara --json capture record --device IPAD-014 --child "${child[wren]}" \
  --scope learning --description "Growing beans")
quietly as amara capture share "$picture" --with "${parent[wren]}" --how "printed and handed over"

# Social contacts, and a departure from the policy.
known=$(entry as amara --json declaration make --family "The Tanswells" --nature parish \
  --since "September 2024" --child "${child[milo]}")
quietly as mira declaration acknowledge "$known" --message "Thank you for telling us."
quietly as tomasz declaration make --family "The Ofori-Lanes" --nature social-circle --since 2023
departed=$(entry as tomasz --json justification submit --timing taken --clause P16 \
  --at "$(day 2 '%Y-%m-%d 10:30')" --action "I called an ambulance from the classroom on my own phone." \
  --reasons "The child could not be left.")
quietly as helen justification review "$departed" --finding accepted --reasons "There was no other way."
quietly as amara justification submit --timing proposed --clause P28 \
  --at "$(day -7 '%Y-%m-%d 09:00')" --action "Keep my phone on during the class outing." \
  --reasons "The venue has no telephone."

# The Headteacher is away next week, and somebody acts; some have looked at what a
# stranger sees of them online.
quietly as helen absence record --deputy "$(cat "$home/people/mira.id")" \
  --from "$(day -7 %d/%m/%Y)" --until "$(day -12 %d/%m/%Y)" --reason "A course"
for user in amara tomasz; do quietly as "$user" profile-review confirm; done
