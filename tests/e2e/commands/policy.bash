# The school's policy: drafted, signed, in force, reviewed, acknowledged. Sourced by
# commands_test.
# shellcheck disable=SC2154 # set by the script that sources this

printf 'Staff keep to this code at work and at home.\n' >"$home/policy.txt"
does "is recorded" helen policy draft --title "Social networking policy" \
  --content-file "$home/policy.txt"
version=$(field '.versions[0].versionId' helen policy versions)
printf 'Staff keep to this code at work and at home. Incidents are reported.\n' >"$home/policy.txt"
does "The draft has its new text" helen policy revise "$version" \
  --title "Social networking policy, third edition" \
  --content-file "$home/policy.txt"
does "Incidents are reported." helen policy text "$version"
sha256=$(field .version.contentSha256 helen policy text "$version")
refused R-POLICY-SIGNATORY P01 amara policy sign "$version" --office headteacher --sha256 "$sha256"
does "is signed" helen policy sign "$version" --office headteacher --sha256 "$sha256"
refused R-POLICY-SIGNATURE P01 helen policy approve "$version" --approved-on "$(day 30)" \
  --review-on "$(day -300)"
does "is signed" ruth policy sign "$version" --office chair-of-governors --sha256 "$sha256"
refused R-REVIEW-TOO-LATE P02 helen policy approve "$version" --approved-on "$(day 30)" \
  --review-on "$(day -500)"
does "The version is in force" helen policy approve "$version" --approved-on "$(day 30)" \
  --review-on "$(day -20)"
does "third edition" amara policy versions
holds '.versions[0].isInForce' amara policy versions
does "third edition" amara policy status
does "Amara Okonjo-Reyes" helen policy outstanding
does "You have acknowledged the policy" amara policy acknowledge --tick privacy-high \
  --tick details-private
does "Amara Okonjo-Reyes" helen policy acknowledgements
holds '[.acknowledgements[].name] | index("Amara Okonjo-Reyes") | not' helen policy outstanding
does "is issued" helen policy remind --message "Look at your privacy settings before the holidays."
reminder=$(field '.reminders[0].reminderId' amara policy status)
does "You have acknowledged the reminder" amara policy acknowledge-reminder "$reminder"
holds '.reminders[0] | has("acknowledgeTime")' amara policy status
does "The review is recorded" helen policy review --outcome no-change --reviewed-on "$(day 0)" \
  --next-review-on "$(day -360)" --notes "Nothing has changed in the guidance."
holds ".inForce.reviewOn == \"$(day -360)\"" helen policy status
does "P41" amara policy show P41
does "P48" amara policy clauses
refused R-NO-SUCH-CLAUSE "" amara policy show P49
