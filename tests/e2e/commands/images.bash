# Something on a phone that nobody may look at: the police first, and no file. Then
# a name of the report that turns up in the register. Sourced by commands_test.
# shellcheck disable=SC2154 # set by the script that sources this

image=$(report jonah --kind safeguarding-concern --date "$(day 1)" --time 16:10 \
  --what "A pupil was shown something on the bus. I asked nothing more." \
  --subject "not known" --about-headteacher no --wishes-not-given --indecent-image no)
refused R-IIOC-NOT-SUSPECTED P37 helen police inform "$image" --date "$(day 1)" --time 16:10 \
  --channel 999
does "the suspicion is recorded" jonah police suspect "$image" --indecent-image not-sure \
  --where-found "A phone on the school bus"
refused R-IIOC-NOSTORE P38 jonah evidence file "$image" "$home/sharp.png" --indecent-image no \
  --kind original
refused R-IIOC-POLICE-FIRST P37 helen incident acknowledge "$image" --message "Thank you."
does "the step is recorded" helen police preserve "$image" --date "$(day 1)" --time 16:12 \
  --step "Switched off, untouched" \
  --kept-in "The safe in the office"
does "the call to the police is recorded" helen police inform "$image" --date "$(day 1)" \
  --time 16:15 --channel 999 --log-number LC-2204
does "your notice is recorded" jonah police notify "$image" --to police --date "$(day 0)" \
  --how "Orally, by 101" \
  --reasons "A pupil said so."
does "the bar is recorded" helen investigation bar "$image" --by police \
  --officer "Detective Constable, case team" \
  --reference LC-2204 --instruction "Speak to nobody."
refused R-IIOC-NO-INVESTIGATION P38 helen investigation start "$image" --scope "Who was on the bus"
does "the police's release is recorded" helen police release "$image" \
  --officer "Detective Constable, case team" \
  --reference LC-2204 --scope "The school may go on."
recorded helen "$image" incidentReported indecentImageSuspected preservationStepRecorded \
  policeInformed dutyToReportNotified investigationBarred policeReleaseRecorded
does "LC-2204" helen case show "$image"

# "Ottoline Quill" was a name alone; then somebody of that name comes into the register.
named=$(report tomasz --kind code-of-conduct --date "$(day 2)" --what "A comment about the trip." \
  --subject "Ottoline Quill" --about-headteacher no --wishes-not-given --indecent-image no)
as petra person add --name "Ottoline Quill" --category employee --role senior-leadership \
  >"$home/out"
holds '.caseFile.openNames == ["Ottoline Quill"]' helen case show "$named"
refused R-FIELD-INVALID "" helen case settle-name "$named" "ottoline quill" \
  --reasons "The one meant is a parent."
does "the name is settled" helen case settle-name "$named" "Ottoline Quill" \
  --reasons "The one meant is a parent."
holds '.caseFile.openNames == []' helen case show "$named"
