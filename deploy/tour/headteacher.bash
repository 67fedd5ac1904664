# The third act: a case about the Headteacher. Sourced by deploy/tour/run.
# shellcheck disable=SC2154 # set by the script that sources this

act "A report about the Headteacher"

say "Amara reports something about Helen, the Headteacher. It goes to the Chair of
    Governors, and the Headteacher is told nothing."
as amara --json incident report --kind code-of-conduct \
  --what "The Headteacher is in a chat with two pupils of Class 6 on her own phone." \
  --date 2026-06-02 --time 19:30 --platform WhatsApp \
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

say "Ruth, the Chair of Governors, sees it, acknowledges it and refers it."
as ruth case list | indent
as ruth incident acknowledge "$case_ref" \
  --message "I have your report. The Headteacher is not told." | indent
as ruth referral make "$case_ref" --intent referral \
  --reasons "Contact with pupils by private messages; the subject is the Headteacher." | indent
as lena referral acknowledge "$case_ref" --reference LS-2310 --message "Received today." | indent
as lena referral outcome "$case_ref" --outcome substantiated \
  --reasons "The messages were seen; no child was harmed." | indent

say "Ruth closes the case. Helen still cannot learn that there ever was one."
as ruth case close "$case_ref" --conclusion "Dealt with by the governors and the council." \
  --wishes-followed | indent
refused R-NO-SUCH-CASE as helen case show "$case_ref"
must_not_show "$case_ref" as helen case list --closed
as ruth audit access "$case_ref" | indent
as ruth bundle export "$case_ref" "$home/headteacher.wardbook.zip" --purpose "Governors' file" |
  indent
wardbook verify --key "$(<"$home/keys/verifier.key")" "$home/headteacher.wardbook.zip" | indent
