# Children and their parents in the register; their phones and their photographs.
# Sourced by commands_test.
# shellcheck disable=SC2154 # set by the script that sources this

for child in "Wren Abernathy-Cole" "Milo Tanswell"; do
  as petra person add --name "$child" --category pupil >"$home/out"
done
for parent in "Fern Abernathy-Cole" "Gareth Tanswell" "Sorrel Vane"; do
  as petra person add --name "$parent" --category parent >"$home/out"
done

does "The phone is in the main office" jonah phone take-in --child "Milo Tanswell" \
  --device "Black, cracked corner"
phone=$(field '.entries[-1].entryId' jonah phone list)
refused R-PARENTS-AWARE P35 jonah phone return "$phone" --to "Gareth Tanswell" \
  --early-because "A dentist's appointment"
does "It is recorded that the parents were told" jonah phone parents-told "$phone" \
  --told "Gareth Tanswell" --how telephone
refused R-PHONE-EXAMINED P35 jonah phone examined "$phone" --reasons "It rang and rang."
does "recorded" idris phone examined "$phone" \
  --reasons "A threat was read out from it; statutory power."
does "The phone is given back" jonah phone return "$phone" --to "Gareth Tanswell" \
  --early-because "A dentist's appointment"
does "given back" jonah phone show "$phone"
entered phone jonah "$phone" phoneTakenIn parentsMadeAware phoneExamined phoneReturned
refused R-VISIT-EMERGENCY P30 amara phone visit-use --visit "Museum of Lead Mining" --use other \
  --emergency "To look up the opening hours."
does "The use is logged" amara phone visit-use --visit "Museum of Lead Mining" \
  --emergency "Wren was stung and her face swelled; I called 999."
does "Museum of Lead Mining" helen phone visit list
use=$(field '.entries[-1].entryId' helen phone visit list)
does "stung" helen phone visit show "$use"

does "The parent is linked" jonah consent link-parent "Wren Abernathy-Cole" \
  --parent "Fern Abernathy-Cole" --relationship mother
does "The parent is linked" jonah consent link-parent "Milo Tanswell" --parent "Gareth Tanswell" \
  --relationship father
as jonah consent link-parent "Milo Tanswell" --parent "Sorrel Vane" --relationship aunt >"$home/out"
does "The link is ended" jonah consent unlink-parent "Milo Tanswell" --parent "Sorrel Vane" \
  --reasons "Another family; entered by mistake."
refused R-NOT-PARENT P31 jonah consent give "Milo Tanswell" --parent "Sorrel Vane" \
  --how "on the form" --scope learning
does "The consent is recorded" jonah consent give "Wren Abernathy-Cole" \
  --parent "Fern Abernathy-Cole" \
  --how "on the form" --scope learning --scope display
does "The refusal is recorded" jonah consent refuse "Milo Tanswell" --parent "Gareth Tanswell" \
  --how "by letter"
does "Wren Abernathy-Cole" amara consent list
holds '.inForce' amara permission in-force "Wren Abernathy-Cole" --kind photo

refused R-DEVICE-REGISTRAR P32 amara device register MY-PHONE --description "My own phone"
does "in the register" mira device register IPAD-014 --description "Tablet of Class 4"
does "Tablet of Class 4" amara device show IPAD-014
refused R-PHOTO-CONSENT P31 amara capture record --device IPAD-014 --child "Wren Abernathy-Cole" \
  --child "Milo Tanswell" --scope learning --description "Growing beans"
does "The capture is recorded" amara capture record --device IPAD-014 \
  --child "Wren Abernathy-Cole" --scope learning \
  --description "Growing beans"
picture=$(field '.entries[-1].entryId' amara capture list)
refused R-IMAGE-STORAGE P33 amara capture store "$picture" --storage other \
  --computer "My own laptop"
does "The place is recorded" amara capture store "$picture" --computer "Office computer 2"
refused R-IMAGE-RECIPIENT P33 amara capture share "$picture" --with "Gareth Tanswell" \
  --how "printed"
does "The sharing is recorded" amara capture share "$picture" --with "Fern Abernathy-Cole" \
  --how "printed and handed over"
does "Growing beans" mira capture show "$picture"
entered capture mira "$picture" imageCaptured imageStored imageShared
does "The withdrawal is recorded" jonah consent withdraw "Wren Abernathy-Cole" \
  --parent "Fern Abernathy-Cole" --how "by telephone"
wren=$(field '[.people[] | select(.name == "Wren Abernathy-Cole")][0].personId' petra person list)
does "withdrawn" amara consent show "$wren"
entered consent amara "$wren" parentLinked photoConsentGiven photoConsentWithdrawn
does "The device is out of use" mira device retire IPAD-014 --reasons "The screen is broken."
does "out of use" amara device list
entered device amara IPAD-014 schoolDeviceRegistered schoolDeviceRetired
refused R-DEVICE P32 amara capture record --device IPAD-014 --child "Wren Abernathy-Cole" \
  --scope learning --description "Beans again"
