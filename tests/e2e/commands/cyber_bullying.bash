# A teacher is mocked in a parents' group: the report, the files, the handling, the
# police, the providers, the end. Sourced by commands_test.
# shellcheck disable=SC2154 # set by the script that sources this

does "WB-" amara incident report --kind cyber-bullying --date "$(day 6)" --time 20:40 \
  --what "Messages in a parents' group mock my lessons and threaten me." --platform WhatsApp \
  --account "Class 4 parents" --target "Amara Okonjo-Reyes=$(person amara)" \
  --subject "somebody who calls himself Coach" --about-headteacher no \
  --wishes "I want it to stop." --indecent-image no --to-line-manager
bullied=$(field '.reports[0].caseRef' amara case mine)
refused R-FIELD-MISSING P46 amara incident report --kind cyber-bullying --date "$(day 6)" \
  --what "Again." --wishes " " --about-headteacher no --indecent-image no
does "$bullied" tomasz case list
does "the reporter is told" tomasz incident acknowledge "$bullied" \
  --message "I have read it and take it seriously."
does "take it seriously" amara case mine
does "now with the Headteacher and the safeguarding lead" tomasz case escalate "$bullied" \
  --reasons "Threats against a member of staff."
does "$bullied" helen case list
does "wardbook case close $bullied --conclusion ..." helen case actions "$bullied"
does "Not now: advice record." helen case actions "$bullied"
holds '[.caseFile.actions[] | select(.refused.code == "R-ADVICE-NOT-SOUGHT") | .method]
  == ["wardbook.v1.EscalationService/RecordAdvice"]' helen case actions "$bullied"
does "the wishes are recorded" amara incident wishes "$bullied" \
  --wishes "I want it to stop, and no word to the parents."
does "no word to the parents" helen case show "$bullied"

# Three prints of the screen: one is replaced by a better one, one never arrived whole.
for print in blurred sharp later; do
  convert-im6.q16 -size 64x64 plasma: "$home/$print.png"
done
refused R-SIGHTING P44 amara evidence file "$bullied" "$home/blurred.png" --indecent-image no \
  --kind screen-print --seen-date "$(day 6)" --platform WhatsApp
does "the file is in evidence" amara evidence file "$bullied" "$home/blurred.png" \
  --indecent-image no --kind screen-print \
  --seen-date "$(day 6)" --seen-time 20:40 --platform WhatsApp --captured-with "school laptop"
does "the file is in evidence" amara evidence file "$bullied" "$home/sharp.png" \
  --indecent-image no --kind screen-print \
  --seen-date "$(day 5)" --time-not-known "found later in the history" --platform WhatsApp
files='[.caseFile.timeline[].event.evidenceFiled | select(.)]'
blurred=$(id_of "${files}[0].evidenceId" helen case show "$bullied")
sharp=$(id_of "${files}[1].evidenceId" helen case show "$bullied")
does "added" amara evidence annotate "$bullied" "$sharp" --annotation "Coach is in the second line."
does "Coach is in the second line." helen case show "$bullied"
does "recorded" amara evidence supersede "$bullied" "$blurred" --by "$sharp" \
  --reasons "The first is blurred."

# The upload is whole before a word of its description is refused, and goes on.
upload=$(as amara evidence file "$bullied" "$home/later.png" --indecent-image no --kind original \
  --captured-with "$(head -c 5000 /dev/zero | tr '\0' x)" 2>&1) && wrong "Filed" "$upload"
upload=$(awk '/wardbook evidence resume/ {print $4}' <<<"$upload")
does "the file is in evidence" amara evidence resume "$upload" "$home/later.png" --kind original
holds '.caseFile.summary.evidenceCount == 3' helen case show "$bullied"
refused R-FILER-ATTESTS P43 helen evidence attest "$bullied" "$sharp" --kept-where "Her phone"
does "recorded" amara evidence attest "$bullied" "$sharp" --kept-where "On my phone, not deleted"
does "$home/copy.png" helen evidence download "$bullied" "$sharp" --out "$home/copy.png"
cmp "$home/sharp.png" "$home/copy.png" || wrong "The file came back changed"

# Who handles it talks to people, by the school's ways, and corrects a slip.
does "the note is added" helen case note "$bullied" "Spoke to Amara at break. She sleeps badly."
slip=$(field '.caseFile.summary.revision' helen case show "$bullied")
does "the correction is recorded" helen case correct "$bullied" "$slip" \
  --correction "Spoke to Amara at lunch." \
  --reasons "It was not at break."
does "Spoke to Amara at lunch." helen case show "$bullied"
does "the offer is recorded" helen support offer "$bullied" --to "Amara Okonjo-Reyes" \
  --answer accepted \
  --support "The council's counselling line, and a lighter timetable this week."
refused R-PERSONAL-CHANNEL P19 helen contact log "$bullied" --with parent --name "Gareth Tanswell" \
  --channel personal-telephone --date "$(day 2)" --summary "He is sorry."
does "the contact is recorded" helen contact log "$bullied" --with parent --name "Gareth Tanswell" \
  --channel school-telephone --date "$(day 2)" \
  --summary "He has seen the messages; he is not Coach."
does "that the body was told is recorded" helen outside-body inform "$bullied" \
  --body other-school --name "Millbrook Primary" \
  --date "$(day 2)" --how "By telephone, their Headteacher" \
  --summary "One of the writers teaches there."
does "Amara Okonjo-Reyes, target" helen case registers "$bullied"
does "classified" helen investigation classify "$bullied" --cyber-bullying yes \
  --technology instant-message \
  --conduct humiliate --conduct threaten --target "Amara Okonjo-Reyes" \
  --power "The group is told to laugh at her until she leaves." --reasons "It goes on for weeks."

# The providers of the site.
refused R-NO-PROVIDER-REPORT "" helen provider outcome "$bullied" --outcome content-removed \
  --date "$(day 1)"
does "the report to the provider is recorded" amara provider report "$bullied" \
  --platform WhatsApp --date "$(day 2)" \
  --details "To close the group"
does "the outcome is recorded" helen provider outcome "$bullied" --outcome content-removed \
  --date "$(day 1)"
does "the removal is recorded" helen provider removed "$bullied" --platform WhatsApp \
  --date "$(day 1)" \
  --details "All messages of Coach"

# The police: for the target to decide.
refused R-TARGET-DECIDES P47 helen police report "$bullied" --ground cyber-bullying \
  --date "$(day 0)" --how "By 101"
does "the decision about the police is recorded" amara police decide "$bullied" --choice report \
  --statement "I have thought about it."
does "the report to the police is recorded" helen police report "$bullied" \
  --ground cyber-bullying --date "$(day 0)" --how "By 101" \
  --log-number LC-1731
does "LC-1731" helen case show "$bullied"

# The deputy has a conflict of interest.
does "now with the Headteacher and the safeguarding lead" mira case declare-conflict "$bullied" \
  --reasons "My own child is in Class 4."
refused R-NO-SUCH-CASE "" mira case show "$bullied"

does "$home/bullied.zip" helen bundle export "$bullied" "$home/bullied.zip" \
  --purpose "For the governors"
does "closed" helen case close "$bullied" \
  --conclusion "The messages are gone and the writer is known." \
  --wishes-followed
does "$bullied" helen case list --closed
refused R-CASE-CLOSED "" helen investigation classify "$bullied" --cyber-bullying no \
  --reasons "It has ended."
does "open again" helen case reopen "$bullied" --reasons "The messages have begun again."
holds "[.cases[] | select(.caseRef == \"$bullied\")] | length == 1" helen case list
recorded helen "$bullied" incidentReported receiptAcknowledged caseEscalated wishesUpdated \
  evidenceFiled evidenceFiled evidenceAnnotated evidenceSuperseded evidenceFiled \
  originalRetainedAttested noteAdded entryCorrected supportOffered contactLogged \
  externalBodyInformed caseClassified providerReported providerOutcomeRecorded contentRemoved \
  policeDecisionRecorded policeReported conflictDeclared caseClosed caseReopened
