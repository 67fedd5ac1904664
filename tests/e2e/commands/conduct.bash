# Unsuitable material on a laptop, with advice first; then an investigation to the
# finding and what follows. Sourced by commands_test.
# shellcheck disable=SC2154 # set by the script that sources this

material=$(report tomasz --kind unsuitable-material --date "$(day 4)" \
  --what "An advertisement for adult films in the browser of a staff laptop." \
  --subject "Jonah Kettleworth=$(person jonah)" --wishes-not-given --indecent-image no)
does "the request for advice is recorded" helen advice seek "$material" --channel "online form" \
  --question "May we look at the laptop?"
refused R-ADVICE-FIRST P41 helen investigation start "$material" --scope "Who used the laptop"
does "handed over" helen advice hand-over "$material" --to "Mira Stanhope-Bell" \
  --reasons "I am away tomorrow."
refused R-RECIPIENT-SEEKS P40 helen advice seek "$material" --channel telephone \
  --question "Any news?"
does "the advice is recorded" mira advice record "$material" --adviser "Duty officer" \
  --adviser-role "Lancashire LADO" \
  --may-proceed limited --advice "Ask for the records of sign-in. Speak to nobody yet." \
  --reference LS-2301
does "Speak to nobody yet." mira case show "$material"
recorded mira "$material" incidentReported adviceSought recipientHandedOver adviceReceived
does "Lancashire" amara contacts

# What he wrote in a parents' group.
conduct=$(report tomasz --kind code-of-conduct --date "$(day 18)" --platform WhatsApp \
  --what "Jonah answered a complaint in a parents' group and named a family." \
  --clause p09-disclosure --subject "Jonah Kettleworth=$(person jonah)" \
  --wishes "That complaints go to the office." --indecent-image no)
refused R-THRESHOLD P23 helen case close "$conduct" --conclusion "Talked about." --wishes-followed
does "the assessment is recorded" helen data-breach assess "$conduct" --assessment not-reportable \
  --reasons "A first name, taken down within the hour."
refused R-HARM-LIMB P23 helen threshold decide "$conduct" --threshold met \
  --reasons "He did it before." --wishes-followed
does "the question is recorded" helen threshold question "$conduct" \
  --reasons "He did it before, at another school."
does "the decision is recorded" helen threshold decide "$conduct" --threshold low-level-concern \
  --reasons "No child was in contact or at risk." --wishes-followed
refused R-INVESTIGATION-NOT-STARTED P20 helen investigation step "$conduct" --kind interview \
  --date "$(day 14)" --what "He says that he wanted to help."
does "the investigation is started" helen investigation start "$conduct" \
  --scope "What was written, and to whom"
refused R-FINDING P20 helen case close "$conduct" --conclusion "Talked about." --wishes-followed
does "the step is recorded" helen investigation step "$conduct" --kind interview --date "$(day 0)" \
  --with "Jonah Kettleworth" --what "He says that he wanted to help, and shows the messages."
refused R-NO-BREACH-FOUND P21 helen discipline decide "$conduct" --decision refer \
  --reasons "Early." --wishes-followed
does "the finding is recorded" helen investigation finding "$conduct" --finding breach \
  --reasons "He named a family in public." --wishes-followed
does "the decision is recorded" helen discipline decide "$conduct" --decision refer \
  --reasons "A second time." --wishes-followed
does "the reference is recorded" helen discipline reference "$conduct" \
  --procedure "Disciplinary Procedure" --stage "Hearing" \
  --reference HR-2026-3
refused R-GOVERNORS-NAMES P22 helen governors inform "$conduct" \
  --summary "Jonah Kettleworth has broken the policy."
does "recorded" helen governors inform "$conduct" \
  --summary "A breach of the policy is being dealt with."
does "the action is recorded" helen governors action "$conduct" --minute "Minutes of 14 May, item 7"
does "item 7" helen case show "$conduct"
does "Jonah Kettleworth" helen concern list
does "Breach of the code of conduct: 1 open" ruth case counts --from "$(day 30)"
refused R-NO-SUCH-CASE "" jonah case show "$conduct"

# The safeguarding lead sees it otherwise.
entry=$(field '[.caseFile.timeline[] | select(.event | has("harmThresholdDecided"))][0].revision' \
  idris case show "$conduct")
refused R-NO-DISAGREEMENT "" helen disagreement resolve "$conduct" --how "We agree."
does "the disagreement is raised" idris disagreement raise "$conduct" "$entry" \
  --reasons "The family's child is in Class 2."
does "the disagreement is at its next stage" idris disagreement escalate "$conduct" --stage 2 \
  --to "The Chair of Governors"
does "the disagreement is settled" helen disagreement resolve "$conduct" \
  --how "Consulted the council; they see it as we do."
holds '[.items[] | select(.kind == "DUE_KIND_SETTLE_DISAGREEMENT")] | length == 0' helen due
recorded helen "$conduct" incidentReported dataBreachAssessed suitabilityQuestionRaised \
  harmThresholdDecided investigationStarted investigationStepRecorded findingRecorded \
  disciplinaryDecisionRecorded disciplinaryReferenceRecorded governingBodyInformed \
  governingBodyActionRecorded disagreementRaised disagreementEscalated disagreementResolved
