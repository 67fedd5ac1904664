# The first act: a member of staff is bullied online. Sourced by deploy/tour/run.
# shellcheck disable=SC2154 # set by the script that sources this

# A screen print of a message: text on a picture, as a phone would make it.
screen_print() {
  convert-im6.q16 -size "$1" plasma:steelblue-white -seed 7 +noise Random -fill black \
    -font DejaVu-Sans -undercolor white -pointsize 40 -gravity center \
    -annotate 0 "everyone laughs at you\nwait till Monday" "$2"
}

act "A teacher is bullied in a parents' group"

say "Amara, a teacher, takes two screen prints of messages that humiliate her."
screen_print 1300x1300 "$home/group chat.png"
screen_print 900x1600 "$home/profile page.jpg"
(cd "$home" && stat --format '%n: %s bytes' "group chat.png" "profile page.jpg") | indent
(($(stat --format %s "$home/group chat.png") > 3000000))

say "She reports what happened. Before any file is chosen she is asked whether it
    could be an indecent image of a child."
as amara --json incident report --kind cyber-bullying \
  --what "Messages in a parents' group mock my lessons and threaten me." \
  --date 2026-05-14 --time 20:40 --platform WhatsApp --account "Class 4 parents" \
  --target "Amara Okonjo-Reyes=$(<"$home/people/amara.id")" \
  --subject "somebody who calls himself Coach" --about-headteacher no \
  --wishes "I want it to stop, and the parents not to be told that I reported it." \
  --indecent-image no --to-line-manager >"$home/report.json"
case_ref=$(jq -r .caseRef "$home/report.json")
jq -r '"case      \(.caseRef)\nposition  \(.receipt.position // 0) of the school'\''s log\nnext      \(.nextStep)"' \
  "$home/report.json" | indent

say "A screen print without its time is refused (P44); with time, date and place
    it is filed."
refused R-SIGHTING as amara evidence file "$case_ref" "$home/group chat.png" \
  --indecent-image no --kind screen-print --seen-date 2026-05-14 --platform WhatsApp
as amara evidence file "$case_ref" "$home/group chat.png" --indecent-image no \
  --kind screen-print --seen-date 2026-05-14 --seen-time 20:40 --platform WhatsApp \
  --account "Class 4 parents" --captured-with "school laptop" | indent
as amara evidence file "$case_ref" "$home/profile page.jpg" --indecent-image no \
  --kind screen-print --seen-date 2026-05-15 --time-not-known "found later in the history" \
  --platform WhatsApp --account Coach | indent

say "To the safeguarding officer the case does not exist yet: the answer is that
    of a reference that nobody ever gave out."
refused R-NO-SUCH-CASE as lena case show "$case_ref"

say "Tomasz, her line manager, acknowledges the report and hands it on."
as tomasz incident acknowledge "$case_ref" \
  --message "Thank you. I have read it and take it seriously." | indent
as tomasz case escalate "$case_ref" --reasons "Threats against a member of staff." | indent

say "Helen, the Headteacher, seeks advice, and cannot close the case before it
    has come (P41)."
as helen advice seek "$case_ref" --asked-of "Lancashire Safeguarding" --channel telephone \
  --question "May we speak to the parents before the police do?" | indent
refused R-ADVICE-FIRST as helen case close "$case_ref" --conclusion "Settled." --wishes-followed
as helen advice record "$case_ref" --adviser "Duty officer" \
  --adviser-role "Lancashire Safeguarding" --advice "Refer it. Do not speak to the parents yet." \
  --may-proceed limited --reference LS-2291 | indent

say "Whether to tell the police is for Amara to decide (P47)."
as amara police decide "$case_ref" --choice not-yet --statement "I want to think about it." | indent

say "Helen refers the case. From now on the officer sees it."
as helen referral make "$case_ref" --intent referral --reasons "Threats; advice LS-2291." | indent
as lena referral acknowledge "$case_ref" --reference LS-2291-R \
  --message "We take it from here." | indent
as lena referral outcome "$case_ref" --outcome substantiated \
  --reasons "The messages and their author are established." | indent

say "Helen closes the case; Amara sees how her report has fared."
as helen case close "$case_ref" --conclusion "The author was dealt with by the club." \
  --wishes-followed | indent
as amara case mine | indent

say "The officer audits: the whole history, who looked at it, and the files to
    the byte."
as lena case show "$case_ref" | indent
as lena audit access "$case_ref" | indent
evidence=$(as lena --json case show "$case_ref" |
  jq -r '[.caseFile.timeline[].event.evidenceFiled | select(.)][0].evidenceId' | base64 -d |
  od -An -tx1 | tr -d ' \n')
as lena evidence download "$case_ref" "$evidence" --out "$home/copy.png" | indent
cmp "$home/group chat.png" "$home/copy.png"
as lena audit checkpoint | indent

say "She exports the case as one file. Then the server is stopped."
as lena bundle export "$case_ref" "$home/case.wardbook.zip" --purpose "Audit" | indent
stop_server

say "The file is verified with no server, no account and no network."
env -i PATH="$PATH" wardbook verify --key "$(<"$home/keys/verifier.key")" \
  "$home/case.wardbook.zip" | indent

say "One byte is flipped in the middle of a copy, and the verifier names what is
    wrong."
cp "$home/case.wardbook.zip" "$home/altered.zip"
middle=$(($(stat --format %s "$home/altered.zip") / 2))
byte=$(od -An -tu1 -j "$middle" -N 1 "$home/altered.zip" | tr -d ' ')
# shellcheck disable=SC2059 # the escape is the point
printf "\\x$(printf %02x $((byte ^ 1)))" |
  dd of="$home/altered.zip" bs=1 seek="$middle" conv=notrunc status=none
if answer=$(wardbook verify --key "$(<"$home/keys/verifier.key")" "$home/altered.zip" 2>&1); then
  echo "An altered bundle was called intact." >&2
  exit 1
fi
indent <<<"$answer"
