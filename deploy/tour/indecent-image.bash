# The second act: somebody may have found an indecent image of a child. Sourced by
# deploy/tour/run. No picture is used here: the point is that none is ever taken.
# shellcheck disable=SC2154 # set by the script that sources this

act "Something on a tablet that nobody may look at"

start_server "$(server_port)"

say "Amara finds something on a tablet of the school. She is not sure what it is,
    and does not look again. Not sure counts as yes (P36)."
as amara --json incident report --kind safeguarding-concern \
  --what "A picture was open on tablet 14 when I collected it. I turned the screen over." \
  --date 2026-05-20 --time 09:10 \
  --subject "not known" --about-headteacher no \
  --wishes "That the child is safe." --indecent-image not-sure >"$home/report.json"
case_ref=$(jq -r .caseRef "$home/report.json")
jq -r '"case      \(.caseRef)\nnext      \(.nextStep)"' "$home/report.json" | indent

say "The police come first (P37): nothing is put in evidence, whatever it is, and
    nobody starts to handle the case as if it were another."
printf 'not a picture\n' >"$home/notes.txt"
refused R-IIOC-NOSTORE as amara evidence file "$case_ref" "$home/notes.txt" \
  --indecent-image no --kind original
refused R-IIOC-POLICE-FIRST as helen incident acknowledge "$case_ref" --message "Thank you."

say "Helen locks the tablet away as it is and calls the police; how long that took
    stands in the case."
as helen police preserve "$case_ref" --date 2026-05-20 --time 09:15 \
  --step "Left switched on, screen down, not touched again" \
  --kept-in "The safe in the office" | indent
as helen police inform "$case_ref" --date 2026-05-20 --time 09:20 --channel 999 \
  --log-number LC-0520-0731 | indent

say "A referral is never refused, so it does not wait for anything."
as helen referral make "$case_ref" --intent referral \
  --reasons "Suspected indecent image of a child on a school device." | indent
as lena referral acknowledge "$case_ref" --reference LS-2304 \
  --message "We are in contact with the police. Please do not investigate." | indent

say "Until the police say so, the school does not investigate, and the case does not
    close (P38). It still takes no file."
refused R-IIOC-NO-INVESTIGATION as helen case close "$case_ref" --conclusion "Nothing to see." \
  --wishes-followed
refused R-IIOC-NOSTORE as helen evidence file "$case_ref" "$home/notes.txt" \
  --indecent-image no --kind original

say "The police release what they do not need. Lancashire Safeguarding records its
    outcome, and the case can be closed; the gate against files stays shut."
as helen police release "$case_ref" --officer "Detective Constable, case team" \
  --reference LC-0520-0731 --scope "The school may go on; the tablet stays with the police." | indent
as lena referral outcome "$case_ref" --outcome unfounded \
  --reasons "The police found an advertisement, no image of a child." | indent
as helen case close "$case_ref" --conclusion "The tablet was handed to the police; no child was harmed." \
  --wishes-followed | indent
refused R-IIOC-NOSTORE as amara evidence file "$case_ref" "$home/notes.txt" \
  --indecent-image no --kind original
as lena case show "$case_ref" | indent
