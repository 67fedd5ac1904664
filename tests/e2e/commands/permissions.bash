# What is asked for before it is done, and what was done without. Sourced by
# commands_test, after commands/children.bash.
# shellcheck disable=SC2154 # set by the script that sources this

does "Your request is recorded" amara permission request --kind phone-kept-on \
  --reason "My father is in hospital." \
  --room staff-room --until "$(day -3)"
phone_on=$(field '.entries[-1].entryId' amara permission list --of mine)
does "hospital" mira permission list --of to-decide
does "hospital" amara permission show "$phone_on"
refused R-PERMISSION-DISCUSSED P28 mira permission grant "$phone_on"
refused R-OWN-DECISION-LEADERSHIP P28 amara permission grant "$phone_on" --discussed "$(day 1)"
does "The permission is granted" mira permission grant "$phone_on" --discussed "$(day 1)"
does "Yes, from" helen permission in-force "Amara Okonjo-Reyes" --kind phone-kept-on
does "The permission is taken back" mira permission revoke "$phone_on" \
  --reasons "He is at home again."
holds '.inForce // false | not' helen permission in-force "Amara Okonjo-Reyes" --kind phone-kept-on
does "taken back" amara permission show "$phone_on"
entered permission amara "$phone_on" permissionRequested permissionGranted permissionRevoked
logo=$(field .entryId jonah permission request --kind name-and-logo --where "A private blog" \
  --asset "Logo of the school" --audience "Anybody" --reason "A post about my year." \
  --until "$(day -60)")
does "The permission is refused" helen permission refuse "$logo" \
  --reasons "A private blog does not need it."
entered permission jonah "$logo" permissionRequested permissionRefused

# He called an ambulance from the classroom on his own phone, and says why.
refused R-JUSTIFICATION-TIME P24 tomasz justification submit --timing taken --clause P16 \
  --at "$(day -1)" --action "I called an ambulance." --reasons "The child could not be left."
does "Your justification is recorded" tomasz justification submit --timing taken --clause P16 \
  --at "$(day 2 '%Y-%m-%d 10:30')" \
  --action "I called an ambulance from the classroom on my phone." \
  --reasons "The child could not be left."
departure=$(field '.entries[-1].entryId' tomasz justification list --of mine)
does "ambulance" helen justification list --of to-decide
refused R-HEAD-DECIDES P24 mira justification review "$departure" --finding accepted \
  --reasons "There was no other way."
does "The review is recorded" helen justification review "$departure" --finding advice-needed \
  --reasons "A child may be seen in the picture that he sent to the ambulance."
refused R-ADVICE-DECISION P25 helen justification close "$departure" --conclusion "Settled."
does "The decision about advice is recorded" helen justification advice "$departure" \
  --choice sought \
  --reasons "Whether the picture has to be deleted." --asked-of "Lancashire Safeguarding"
does "The advice is recorded" helen justification advice-received "$departure" \
  --adviser "Duty officer" \
  --adviser-role "Lancashire Safeguarding" --advice "Delete it in front of a witness."
does "The review is recorded" helen justification review "$departure" --finding accepted \
  --reasons "There was no other way."
does "The justification is closed" helen justification close "$departure" \
  --conclusion "The picture is deleted."
does "accepted, closed" tomasz justification show "$departure"
entered justification tomasz "$departure" justificationSubmitted justificationReviewed \
  justificationAdviceDecided justificationAdviceReceived justificationReviewed justificationClosed

# Neighbours whose child is in the school.
does "Your declaration is recorded" amara declaration make --family "The Tanswells" \
  --nature community --since 2019 \
  --child "Milo Tanswell"
neighbours=$(field '.entries[-1].entryId' amara declaration list --of mine)
does "Tanswells" mira declaration list --of to-decide
refused R-OWN-DECISION-LEADERSHIP P34 amara declaration acknowledge "$neighbours" --message "Seen."
does "The declaration is acknowledged" mira declaration acknowledge "$neighbours" \
  --message "Thank you for telling us."
does "The change is recorded" amara declaration update "$neighbours" \
  --change "Milo is in my class now."
does "Milo is in my class now." mira declaration show "$neighbours"
does "The end is recorded" amara declaration end "$neighbours" --reasons "They have moved away."
entered declaration amara "$neighbours" socialContactDeclared socialContactAcknowledged \
  socialContactUpdated socialContactEnded
