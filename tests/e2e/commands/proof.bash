# The proof that nothing was changed: of the log, of one record, of a case as a file.
# Sourced by commands_test, after commands/referral.bash.
# shellcheck disable=SC2154 # set by the script that sources this

refused R-NO-SUCH-CASE "" amara audit access "$referred"
does "Helen Ashgrove" lena audit access "$referred"
does "Incident reported, record" lena audit history "$referred" --out "$home/records"
[[ -n "$(ls "$home/records")" ]] || wrong "No record was saved"
refused R-ROLE "" helen audit refusals
does '"Register person" was refused' owen audit refusals
does "the checkpoint is signed" owen audit checkpoint --key "$home/keys/verifier.key"
as lena case note "$referred" "Nothing further." >"$home/out"
does "are the same as last time" owen audit checkpoint --key "$home/keys/verifier.key"
position=$(field .receipt.position helen case note "$referred" "Told the parents so.")
does "is unchanged" helen audit prove "$position"
does "The log is whole" owen audit check-log

refused R-IIOC-NOSTORE P36 helen bundle export "$image" "$home/image.zip" --purpose "Audit"
does "$home/case.zip" lena bundle export "$referred" "$home/case.zip" --purpose "Audit"
answer=$(as lena bundle export "$referred" "$home/case.zip" --purpose "Audit" 2>&1) &&
  wrong "A file was replaced" "$answer"
grep -qF "There is already a file $home/case.zip" <<<"$answer" || wrong "Not said why" "$answer"
does "Intact: case" nobody verify "$home/case.zip" --key "$home/keys/verifier.key"
does "Intact: case" nobody verify "$home/bullied.zip" --key "$home/keys/verifier.key" \
  --extract "$home/extracted"
