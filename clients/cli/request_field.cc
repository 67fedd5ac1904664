#include "clients/cli/request_field.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace wardbook::cli {
namespace {

struct Place {
  absl::string_view field;
  absl::string_view words;
};

// The fields that are not written with an option of their own name.
constexpr Place kPlaces[] = {
    {"adviser_name", "--adviser"},
    {"case_ref", "the reference of the case"},
    {"code", "the code that you were given"},
    {"corrected_revision", "the number of the entry"},
    {"entry_id", "the id of the entry"},
    {"evidence_id", "the id of the file"},
    {"file_name", "the name of the file"},
    {"from_time", "--from"},
    {"indecent_image_answer", "--indecent-image"},
    {"line_manager_id", "--manager"},
    {"message_to_reporter", "--message"},
    {"new_password", "the new password"},
    {"new_version_id", "--new-version"},
    {"number", "the number of the clause"},
    {"old_password", "the password so far"},
    {"person_id", "the id of the person"},
    {"referral_id", "--referral"},
    {"reminder_id", "the id of the reminder"},
    {"roles", "--role"},
    {"sighting.date", "--seen-date, or --date-not-known"},
    {"sighting.place", "--platform, --address and --account, or --place-not-known"},
    {"sighting.time", "--seen-time, or --time-not-known"},
    {"size", "the file"},
    {"text", "the text of the note"},
    {"ticks", "--tick"},
    {"until_time", "--until"},
    {"upload_id", "the id of the upload"},
    {"user_name", "--user"},
    {"utc_offset_minutes", "the date and the time"},
    {"version_id", "the id of the version"},
    {"what_happened", "--what"},
};

}  // namespace

std::string RequestFieldInWords(absl::string_view field) {
  if (absl::StartsWith(field, "parties")) return "--target, --subject and --witness";
  for (const Place& place : kPlaces) {
    if (place.field == field) return std::string(place.words);
  }
  // A part of a larger field is written with an option of its own.
  if (const size_t dot = field.rfind('.'); dot != absl::string_view::npos) {
    return RequestFieldInWords(field.substr(dot + 1));
  }
  return absl::StrCat("--",
                      absl::StrReplaceAll(absl::StripSuffix(field, "_because"), {{"_", "-"}}));
}

}  // namespace wardbook::cli
