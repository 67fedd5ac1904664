# A dozen cases of the demo school in different states, so that every list has
# something to look at. Sourced by deploy/demo/run. All of it is invented.
# shellcheck disable=SC2154 # set by the script that sources this

# report USER ARGUMENT...: sets case_ref. Asked about indecent images: no, unless
# the arguments say otherwise.
report() {
  local user=$1 image=(--indecent-image no)
  shift
  [[ " $* " != *" --indecent-image "* ]] || image=()
  case_ref=$(as "$user" --json incident report "$@" "${image[@]}" | jq -r .caseRef)
}
person() { cat "$home/people/$1.id"; }

# 1. Just reported: nobody has read it yet.
report amara --kind cyber-bullying --what "A page with my photograph asks people to vote for the worst teacher." \
  --date "$(day 1)" --time 21:15 --platform "A photo app" --target "Amara Okonjo-Reyes=$(person amara)" \
  --subject "not known" --about-headteacher no --wishes "I want the page to go away."

# 2. With a line manager who has acknowledged it and has still to hand it on.
report amara --kind cyber-bullying --what "Messages at night from a number that I do not know." \
  --date "$(day 3)" --platform "Text message" --target "Amara Okonjo-Reyes=$(person amara)" \
  --subject "not known" --about-headteacher no --wishes-not-given --to-line-manager
quietly as tomasz incident acknowledge "$case_ref" --message "I have read it. We will talk tomorrow."

# 3. Handed on, with a decision about the police.
report amara --kind cyber-bullying --what "A parent threatens in a group chat to wait for me after school." \
  --date "$(day 6)" --time 19:40 --platform WhatsApp --account "Class 4 parents" \
  --target "Amara Okonjo-Reyes=$(person amara)" --subject "a parent of Class 4" --about-headteacher no \
  --wishes "That the Headteacher speaks to them." --to-line-manager
quietly as tomasz case escalate "$case_ref" --reasons "A threat against a member of staff."
quietly as helen incident acknowledge "$case_ref" --message "Thank you. You will not be alone at the gate."
quietly as amara police decide "$case_ref" --choice not-yet --statement "I want to sleep on it."

# 4. Waiting for advice.
report tomasz --kind unsuitable-material --what "An advertisement for adult films in the browser history of a staff laptop." \
  --date "$(day 4)" --subject "not known" --about-headteacher no --wishes-not-given
quietly as helen incident acknowledge "$case_ref" --message "Leave the laptop switched off."
quietly as helen advice seek "$case_ref" --asked-of "Lancashire LADO, safeguarding advice" \
  --channel "online form" --question "May we look at who used the laptop?"

# 5. Advice has come: the school may go on, within limits.
report mira --kind unsuitable-material --what "A newspaper with pictures of adults was left in the staff room." \
  --date "$(day 9)" --subject "not known" --about-headteacher no --wishes "That it is not left lying about."
quietly as helen incident acknowledge "$case_ref" --message "I have it."
quietly as helen advice seek "$case_ref" --asked-of "Lancashire LADO, safeguarding advice" \
  --channel "online form" --question "Is this for you?"
quietly as helen advice record "$case_ref" --adviser "Duty officer" --adviser-role "Lancashire LADO" \
  --advice "No offence. Speak to all staff." --may-proceed limited --reference LS-2301

# 6. Referred, not yet acknowledged.
report idris --kind safeguarding-concern --what "A pupil says that an adult from a game asked where she lives." \
  --date "$(day 2)" --platform "An online game" --target "Zadie Ofori-Lane=${child[zadie]},pupil" \
  --subject "not known" --about-headteacher no --wishes "That she is safe."
quietly as idris referral make "$case_ref" --intent referral --reasons "A child may be groomed."

# 7. Referred and acknowledged; a consultation.
report jonah --kind code-of-conduct --what "A volunteer is a contact of two pupils in a photo app." \
  --date "$(day 12)" --platform "A photo app" --subject "a volunteer of the reading hour" \
  --about-headteacher no --wishes-not-given
quietly as helen incident acknowledge "$case_ref" --message "Thank you for telling us."
quietly as helen referral make "$case_ref" --intent consultation --reasons "We are not sure whether the threshold is met."
quietly as lena referral acknowledge "$case_ref" --reference LS-2308 --message "We will call on Thursday."

# 8. Referred, with its outcome; to be closed.
report mira --kind cyber-bullying --what "A false profile in the name of the school mocks a pupil." \
  --date "$(day 20)" --platform "A photo app" --target "Wren Abernathy-Cole=${child[wren]},pupil" \
  --subject "not known" --about-headteacher no --wishes "That the profile is removed."
quietly as helen incident acknowledge "$case_ref" --message "The platform has been told."
quietly as helen referral make "$case_ref" --intent referral --reasons "A child is the target."
quietly as lena referral acknowledge "$case_ref" --reference LS-2297 --message "Received."
quietly as lena referral outcome "$case_ref" --outcome unsubstantiated --reasons "The author cannot be found."

# 9. An indecent image is suspected: nothing but the police.
report jonah --kind safeguarding-concern --what "Something on a found phone. I did not look." \
  --date "$(day 0)" --subject "not known" --about-headteacher no --wishes-not-given \
  --indecent-image not-sure

# 10. The same, with the police informed and the device locked away.
report amara --kind safeguarding-concern --what "A pupil was shown something on the bus. I asked nothing more." \
  --date "$(day 5)" --time 16:10 --subject "not known" --about-headteacher no --wishes "That the child is safe." \
  --indecent-image yes
quietly as helen police inform "$case_ref" --date "$(day 5)" --time 16:25 --channel 999 --log-number LC-1731
quietly as helen police preserve "$case_ref" --date "$(day 5)" --time 16:40 --step "Switched off" \
  --kept-in "The safe in the office"

# 11. About the Headteacher: only the Chair of Governors sees it.
report tomasz --kind code-of-conduct --what "The Headteacher wrote about a family in a public comment." \
  --date "$(day 8)" --platform "A local news page" --subject "Helen Ashgrove=$(person helen)" \
  --wishes "That it is looked at fairly."
quietly as ruth incident acknowledge "$case_ref" --message "I have it. Nobody else in the school does."

# 12. A self-report.
report amara --kind self-report --what "A pupil found my private account and sent me a request. I declined it." \
  --date "$(day 1)" --platform "A photo app" --wishes "That it is on record."

# 13. Dealt with and closed.
report jonah --kind cyber-bullying --what "Rude comments under the notice of the summer fair." --date "$(day 40)" \
  --platform "The notice board page" --target "The school office" --subject "not known" \
  --about-headteacher no --wishes "That the comments are removed."
quietly as helen incident acknowledge "$case_ref" --message "They are being removed."
quietly as helen case note "$case_ref" "The page's owner has removed the comments."
quietly as helen case close "$case_ref" --conclusion "The comments were removed." --wishes-followed

# 14. Investigated: a breach was found, and what follows is decided.
report tomasz --kind code-of-conduct --what "Jonah answered a complaint in a parents' group under his own name." \
  --date "$(day 18)" --platform WhatsApp --account "Class 2 parents" --clause p07-reference-to-school \
  --subject "Jonah Kettleworth=$(person jonah)" --wishes "That complaints go to the office."
quietly as helen incident acknowledge "$case_ref" --message "Thank you. I will talk to him."
quietly as helen threshold decide "$case_ref" --threshold low-level-concern \
  --reasons "No child was in contact or at risk." --wishes-followed
quietly as helen investigation start "$case_ref" --scope "What was written, and to whom"
quietly as helen investigation step "$case_ref" --kind interview --date "$(day 14)" \
  --with "Jonah Kettleworth" --what "He says that he wanted to help, and shows the messages."
quietly as helen investigation finding "$case_ref" --finding breach \
  --reasons "He spoke about the school in a public group." --wishes-followed
quietly as helen discipline decide "$case_ref" --decision do-not-refer \
  --reasons "A first time, and he has read the clause again." --wishes-followed

# 15. The same again: two low-level concerns about one person under one clause.
report mira --kind code-of-conduct --what "Jonah commented on the school's trip under a public photograph." \
  --date "$(day 7)" --platform "A photo app" --clause p07-reference-to-school \
  --subject "Jonah Kettleworth=$(person jonah)" --wishes-not-given
quietly as helen incident acknowledge "$case_ref" --message "Seen."
quietly as helen threshold decide "$case_ref" --threshold low-level-concern \
  --reasons "Kind words, but about the school and in public." --wishes-followed

# 16. Personal data may have been disclosed; the deputy has a conflict of interest.
report tomasz --kind code-of-conduct --what "A list of Class 4 with addresses was sent to a wrong number." \
  --date "$(day 1)" --platform WhatsApp --clause p09-disclosure --subject "not known" \
  --about-headteacher no --wishes "That the families are told."
quietly as mira case declare-conflict "$case_ref" --reasons "My own child is in Class 4."
