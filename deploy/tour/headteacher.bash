# The third act: a case about the Headteacher. Sourced by deploy/tour/run.
# shellcheck disable=SC2154 # set by the script that sources this

act "A report about the Headteacher"

say "Amara reports something about Helen, the Headteacher. It goes to the Chair of
    Governors, and the Headteacher is told nothing."
as amara --json incident report --kind code-of-conduct \
  --what "The Headteacher is in a chat with two pupils of Class 6 on her own phone." \
  --date 2026-06-02 --time 19:30 --platform WhatsApp \
  --clause p06-contact-with-children \
  --subject "Helen Ashgrove=$(<"$home/people/helen.id")" \
  --wishes "That it is dealt with by somebody outside the school." \
  --indecent-image no >"$home/report.json"
case_ref=$(jq -r .caseRef "$home/report.json")
jq -r '"case      \(.caseRef)\nnext      \(.nextStep)"' "$home/report.json" | indent

say "For Helen it does not exist: not by its reference, not in her list, not in the
    history of the school."
refused R-NO-SUCH-CASE as helen case show "$case_ref"
refused R-NO-SUCH-CASE as helen case note "$case_ref" "Is this about me?"
refused R-NO-SUCH-CASE as helen audit access "$case_ref"
must_not_show "$case_ref" as helen case list
echo "nor for the safeguarding lead below her:" | indent
refused R-NO-SUCH-CASE as idris case show "$case_ref"

say "Ruth, the Chair of Governors, sees it, acknowledges it, decides that the harm
    threshold is met, and refers it."
as ruth case list | indent
as ruth incident acknowledge "$case_ref" \
  --message "I have your report. The Headteacher is not told." | indent
as ruth threshold decide "$case_ref" --threshold met --limb risk \
  --reasons "Private messages to pupils, at night." --wishes-followed | indent
as ruth referral make "$case_ref" --intent referral \
  --reasons "Contact with pupils by private messages; the subject is the Headteacher." | indent
as lena referral acknowledge "$case_ref" --reference LS-2310 --message "Received today." | indent
as lena referral outcome "$case_ref" --outcome substantiated \
  --reasons "The messages were seen; no child was harmed." | indent

say "A breach is not closed without a finding, nor a finding of a breach without a
    decision about discipline. Ruth investigates and decides, and closes the case.
    Helen still cannot learn that there ever was one."
refused R-FINDING as ruth case close "$case_ref" --conclusion "Dealt with." --wishes-followed
as ruth investigation start "$case_ref" --scope "Who wrote to whom, and when." | indent
as ruth investigation step "$case_ref" --kind interview --with "The Headteacher" \
  --what "The messages are not denied." --date "$(date +%F)" | indent
as ruth investigation finding "$case_ref" --finding breach --outcome substantiated \
  --reasons "The messages were written on a personal phone." --wishes-followed | indent
refused R-DISCIPLINE as ruth case close "$case_ref" --conclusion "Dealt with." --wishes-followed
as ruth discipline decide "$case_ref" --decision refer \
  --reasons "Contact with pupils by private messages." --wishes-followed | indent
as ruth discipline reference "$case_ref" --procedure "Disciplinary Procedure" \
  --stage "Hearing" --reference HR-2026-3 | indent
as ruth governors inform "$case_ref" \
  --summary "A breach of the Social Networking Policy is being dealt with." | indent
as ruth case close "$case_ref" --conclusion "Dealt with by the governors and the council." \
  --wishes-followed | indent
refused R-NO-SUCH-CASE as helen case show "$case_ref"
must_not_show "$case_ref" as helen case list --closed
as ruth audit access "$case_ref" | indent
as ruth bundle export "$case_ref" "$home/headteacher.wardbook.zip" --purpose "Governors' file" |
  indent
wardbook verify --key "$(<"$home/keys/verifier.key")" "$home/headteacher.wardbook.zip" | indent
