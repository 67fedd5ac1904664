# A volunteer writes to pupils at night: referred to the council, with its form,
# its meetings and its strands, to the end. Sourced by commands_test.
# shellcheck disable=SC2154 # set by the script that sources this

as petra person add --name "Corin Maddox" --category volunteer >"$home/out"
corin=$(field '[.people[] | select(.name == "Corin Maddox")][0].personId' petra person list)
referred=$(report amara --kind safeguarding-concern --date "$(day 3)" --platform "A photo app" \
  --what "A volunteer of the reading hour writes to two pupils at night." \
  --subject "Corin Maddox=$corin,volunteer" --wishes-not-given --indecent-image no)
refused R-NO-SUCH-CASE "" lena case show "$referred"
does "referred to Lancashire Safeguarding" idris referral make "$referred" --intent consultation \
  --reasons "We are not sure."
refused R-OTHERS-REFERRAL "" helen referral withdraw "$referred" --reasons "We are sure."
holds '.cases | length >= 1' lena case list
does "the council's advice is recorded" lena referral advice-only "$referred" \
  --advice "Refer it: messages at night are enough."
does "referred to Lancashire Safeguarding" helen referral make "$referred" --intent referral \
  --reasons "Private messages to pupils."
does "referred to Lancashire Safeguarding" helen referral make "$referred" --intent referral \
  --reasons "Private messages to pupils."
does "the referral is taken back" helen referral withdraw "$referred" --reasons "Sent twice."
referral=$(id_of '[.caseFile.timeline[].event.caseReferred | select(.)][1].referralId' \
  helen case show "$referred")
does "to be copied into the council's own form" helen referral form "$referred" \
  --referral "$referral"
does "the section is prepared" helen referral prepare "$referred" --referral "$referral" \
  --section referrer \
  --field "name=Helen Ashgrove"
does "Helen Ashgrove" helen referral form "$referred" --referral "$referral"
does "that it was submitted is recorded" helen referral submitted "$referred" \
  --referral "$referral" --date "$(day 0)" --reference LS-2308
does "the referral is acknowledged" lena referral acknowledge "$referred" --referral "$referral" \
  --reference LS-2308 \
  --message "We will call on Thursday."
refused R-CONVEYED-BY "" helen referral ask-more "$referred" --referral "$referral" \
  --question "How old?"
does "what the council asks for is recorded" lena referral ask-more "$referred" \
  --referral "$referral" --question "How old are the pupils?"
does "what was said is recorded" helen referral give-more "$referred" --referral "$referral" \
  --information "Both are nine."
does "that the threshold is met is recorded" lena referral threshold-met "$referred" \
  --referral "$referral" \
  --reasons "Contact with children at night."
does "that they look into it is recorded" lena referral strand-open "$referred" \
  --referral "$referral" --strand police \
  --details "They look at the messages."
does "the meeting is recorded" lena referral meeting "$referred" --referral "$referral" \
  --meeting strategy-discussion \
  --number 1 --date "$(day 0)" --attendees "LADO, police, Headteacher" \
  --actions "Nobody speaks to him."
does "the outcome is recorded" lena referral strand-outcome "$referred" --referral "$referral" \
  --strand police \
  --outcome substantiated --reasons "The messages were seen."
does "the outcome is recorded" lena referral outcome "$referred" --referral "$referral" \
  --outcome substantiated \
  --reasons "The messages were seen."
for action in dbs tra lessons copy-to-subject; do
  does "the closing action is recorded" lena referral closing-action "$referred" \
    --referral "$referral" --action "$action" \
    --decision taken --details "Done with the school."
done
does "the referral is closed" lena referral close "$referred" --referral "$referral" \
  --summary "He works here no more."
does "the outcome is recorded" helen discipline barring "$referred" --outcome barred \
  --person "Corin Maddox" \
  --date "$(day 0)" --reference DBS-77
does "He works here no more." lena case show "$referred"
recorded helen "$referred" incidentReported caseReferred referralAdviceGiven caseReferred \
  caseReferred referralWithdrawn referralSectionPrepared referralSubmitted referralAcknowledged \
  moreInformationRequested moreInformationGiven referralThresholdMet referralStrandOpened \
  referralMeetingRecorded referralStrandOutcomeRecorded referralOutcomeRecorded \
  referralClosingActionRecorded referralClosingActionRecorded referralClosingActionRecorded \
  referralClosingActionRecorded referralClosed barringOutcomeRecorded
