#include "clients/cli/request_field.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace wardbook::cli {
namespace {

struct Place {
  absl::string_view field;
  absl::string_view words;
};

// The fields that are not written with an option of their own name.
constexpr Place kPlaces[] = {
    {"absence_id", "the id of the absence"},
    {"action_time", "--at"},
    {"adviser_name", "--adviser"},
    {"allegation_outcome", "--outcome"},
    {"answer", "--indecent-image"},
    {"asset_tag", "the tag of the device"},
    {"bar_lifted_how", "--bar-lifted"},
    {"breached_clauses", "--clause"},
    {"captured_time", "--at"},
    {"case_ref", "the reference of the case"},
    {"child_id", "--child"},
    {"child_ids", "--child"},
    {"code", "the code that you were given"},
    {"commissioner_reference", "--reference"},
    {"content_sha256", "--sha256"},
    {"corrected_revision", "the number of the entry"},
    {"date_not_known_because", "--date-not-known"},
    {"deputy_id", "--deputy"},
    {"device_description", "--device"},
    {"disagreement_revision", "--disagreement"},
    {"discussed_time", "--discussed"},
    {"disputed_revision", "the number of the entry"},
    {"end_time", "--at"},
    {"entry_id", "the id of the entry"},
    {"evidence_id", "the id of the file"},
    {"fields", "--field"},
    {"fields.name", "--field"},
    {"file_name", "the name of the file"},
    {"from_time", "--from"},
    {"given_time", "--at"},
    {"headteacher_id", "--headteacher"},
    {"indecent_image_answer", "--indecent-image"},
    {"investigator_id", "--investigator"},
    {"left_time", "--on"},
    {"limbs", "--limb"},
    {"line_manager_id", "--manager"},
    {"message_to_reporter", "--message"},
    {"new_password", "the new password"},
    {"new_version_id", "--new-version"},
    {"number", "the number"},
    {"old_password", "the password so far"},
    {"open_name", "the name, letter for letter as the report has it"},
    {"parent_id", "--parent"},
    {"permission_id", "--permission"},
    {"person_id", "the id of the person"},
    {"person_name", "--person"},
    {"place_not_known_because", "--place-not-known"},
    {"power_and_control", "--power"},
    {"recipient_id", "--with"},
    {"referral_id", "--referral"},
    {"refused_time", "--at"},
    {"reminder_id", "the id of the reminder"},
    {"replaces_why", "--replaces-because"},
    {"report_revision", "--report"},
    {"returned_time", "--at"},
    {"reviewed_time", "--on"},
    {"roles", "--role"},
    {"rooms", "--room"},
    {"scopes", "--scope"},
    {"shared_time", "--at"},
    {"sighting.date", "--seen-date, or --date-not-known"},
    {"sighting.place", "--platform, --address and --account, or --place-not-known"},
    {"sighting.time", "--seen-time, or --time-not-known"},
    {"size", "the file"},
    {"superseded_by_id", "--superseded-by"},
    {"superseded_id", "the id of the file"},
    {"taken_time", "--at"},
    {"technologies", "--technology"},
    {"text", "the text of the note"},
    {"ticks", "--tick"},
    {"time_not_known_because", "--time-not-known"},
    {"to_person_id", "--to"},
    {"to_whom", "--to"},
    {"told_time", "--at"},
    {"until_time", "--until"},
    {"upload_id", "the id of the upload"},
    {"used_time", "--at"},
    {"user_name", "--user"},
    {"utc_offset_minutes", "the date and the time"},
    {"version_id", "the id of the version"},
    {"what_happened", "--what"},
    {"where_used", "--where"},
    {"wishes_treatment", "--wishes-followed, or --wishes-not-followed"},
    {"withdrawn_time", "--at"},
};

}  // namespace

std::string RequestFieldInWords(absl::string_view field) {
  if (absl::StartsWith(field, "parties")) return "--target, --subject and --witness";
  // "child_ids[1]" is the second time that the option is given.
  if (const size_t bracket = field.find('['); bracket != absl::string_view::npos) {
    return RequestFieldInWords(field.substr(0, bracket));
  }
  for (const Place& place : kPlaces) {
    if (place.field == field) return std::string(place.words);
  }
  // A part of a larger field is written with an option of its own.
  if (const size_t dot = field.rfind('.'); dot != absl::string_view::npos) {
    return RequestFieldInWords(field.substr(dot + 1));
  }
  return absl::StrCat("--", absl::StrReplaceAll(field, {{"_", "-"}}));
}

}  // namespace wardbook::cli
