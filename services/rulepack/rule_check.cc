#include "services/rulepack/rule_check.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/rulepack/day.h"
#include "storage/base/status_macros.h"

namespace wardbook::rulepack {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using wardbook::rules::v1::BankHolidays;
using wardbook::rules::v1::Contact;
using wardbook::rules::v1::ContactKind;
using wardbook::rules::v1::DisagreementStage;
using wardbook::rules::v1::Duty;
using wardbook::rules::v1::HarmLimb;
using wardbook::rules::v1::Outcome;
using wardbook::rules::v1::PolicyReviews;
using wardbook::rules::v1::RulePack;

// Ten years in days; a longer period is a mistake in typing.
constexpr uint32_t kPeriodMax = 3660;

// New Year, Good Friday, Easter Monday, two in May, one in August, Christmas and
// Boxing Day.
constexpr int kBankHolidaysOfAYear = 8;

absl::Status RequireDay(absl::string_view file, absl::string_view field, absl::string_view text) {
  if (ParseDay(text)) return absl::OkStatus();
  return WrongRule(file, field, "is not a day", "write it as YYYY-MM-DD, such as 2025-09-01");
}

absl::Status RequireWords(absl::string_view file, absl::string_view field, absl::string_view text) {
  if (!text.empty()) return absl::OkStatus();
  return WrongRule(file, field, "is empty", "fill it in");
}

// Every number of `numbers` is a period.
absl::Status CheckPeriods(absl::string_view file, absl::string_view field, const Message& numbers) {
  const auto& type = *numbers.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& one = *type.field(i);
    if (one.cpp_type() != FieldDescriptor::CPPTYPE_UINT32 || one.is_repeated()) continue;
    const uint32_t value = numbers.GetReflection()->GetUInt32(numbers, &one);
    if (value == 0 || value > kPeriodMax) {
      return WrongRule(file, absl::StrCat(field, ".", one.name()), "is missing or out of range",
                       absl::StrCat("write a number from 1 to ", kPeriodMax));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckPolicyReviews(absl::string_view file, const PolicyReviews& reviews) {
  WARDBOOK_RETURN_IF_ERROR(CheckPeriods(file, "rule_pack.policy_reviews", reviews));
  std::optional<uint32_t> last;
  for (const uint32_t days : reviews.reminder_days()) {
    if (last && days >= *last) {
      return WrongRule(file, "rule_pack.policy_reviews.reminder_days", "is not in order",
                       "write the earliest reminder first, such as 60, 30, 0");
    }
    last = days;
  }
  if (last) return absl::OkStatus();
  return WrongRule(file, "rule_pack.policy_reviews.reminder_days", "is empty",
                   "write at least one number of days, such as 0");
}

enum class Coverage { kSome, kAll };

// How often each kind stands in a list: at most once, and once if all must be
// there.
absl::Status CheckKinds(absl::string_view file, absl::string_view field, const EnumDescriptor& type,
                        const std::map<int, int>& counts, Coverage coverage) {
  for (int i = 0; i < type.value_count(); ++i) {
    const int number = type.value(i)->number();
    const auto found = counts.find(number);
    const int count = found == counts.end() ? 0 : found->second;
    if (number == 0 && count > 0) {
      return WrongRule(file, absl::StrCat(field, ".kind"), "is missing", "say which kind it is");
    }
    if (count > 1) {
      return WrongRule(file, field, absl::StrCat("has ", type.value(i)->name(), " twice"),
                       "remove one of them");
    }
    if (number != 0 && count == 0 && coverage == Coverage::kAll) {
      return WrongRule(file, field, absl::StrCat("has no ", type.value(i)->name()), "add it");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckLists(absl::string_view file, const RulePack& pack) {
  std::map<int, int> limbs;
  for (const HarmLimb& limb : pack.harm_limbs()) {
    WARDBOOK_RETURN_IF_ERROR(RequireWords(file, "rule_pack.harm_limbs.words", limb.words()));
    ++limbs[limb.kind()];
  }
  WARDBOOK_RETURN_IF_ERROR(CheckKinds(file, "rule_pack.harm_limbs",
                                      *wardbook::rules::v1::HarmLimbKind_descriptor(), limbs,
                                      Coverage::kAll));
  std::map<int, int> outcomes;
  for (const Outcome& outcome : pack.outcomes()) {
    WARDBOOK_RETURN_IF_ERROR(RequireWords(file, "rule_pack.outcomes.words", outcome.words()));
    if (outcome.personnel_record() == wardbook::rules::v1::PERSONNEL_RECORD_UNSPECIFIED) {
      return WrongRule(file, "rule_pack.outcomes.personnel_record", "is missing",
                       "say whether the allegation is kept on the personnel file or removed");
    }
    ++outcomes[outcome.kind()];
  }
  return CheckKinds(file, "rule_pack.outcomes", *wardbook::rules::v1::OutcomeKind_descriptor(),
                    outcomes, Coverage::kAll);
}

absl::Status CheckStages(absl::string_view file, const RulePack& pack) {
  uint32_t expected = 1;
  for (const DisagreementStage& stage : pack.disagreement_stages()) {
    if (stage.number() != expected++) {
      return WrongRule(file, "rule_pack.disagreement_stages.number", "leaves a gap",
                       "number the stages 1, 2, 3 and so on, in order");
    }
    WARDBOOK_RETURN_IF_ERROR(
        RequireWords(file, "rule_pack.disagreement_stages.words", stage.words()));
    WARDBOOK_RETURN_IF_ERROR(CheckPeriods(file, "rule_pack.disagreement_stages", stage));
  }
  if (expected > 1) return absl::OkStatus();
  return WrongRule(file, "rule_pack.disagreement_stages", "is empty", "add the first stage");
}

absl::Status CheckContacts(absl::string_view file, const RulePack& pack) {
  std::map<int, int> counts;
  for (const Contact& contact : pack.contacts()) {
    WARDBOOK_RETURN_IF_ERROR(RequireWords(file, "rule_pack.contacts.name", contact.name()));
    WARDBOOK_RETURN_IF_ERROR(RequireWords(file, "rule_pack.contacts.how", contact.how()));
    ++counts[contact.kind()];
  }
  const EnumDescriptor& type = *wardbook::rules::v1::ContactKind_descriptor();
  WARDBOOK_RETURN_IF_ERROR(CheckKinds(file, "rule_pack.contacts", type, counts, Coverage::kSome));
  // Without these a gate would send people nowhere.
  for (const ContactKind kind : {wardbook::rules::v1::CONTACT_KIND_SAFEGUARDING_ADVICE,
                                 wardbook::rules::v1::CONTACT_KIND_CHILDRENS_SERVICES,
                                 wardbook::rules::v1::CONTACT_KIND_POLICE_EMERGENCY,
                                 wardbook::rules::v1::CONTACT_KIND_POLICE}) {
    if (counts.contains(kind)) continue;
    return WrongRule(file, "rule_pack.contacts",
                     absl::StrCat("has no ", wardbook::rules::v1::ContactKind_Name(kind)),
                     "add it");
  }
  return absl::OkStatus();
}

absl::Status CheckDuties(absl::string_view file, const RulePack& pack) {
  std::map<int, int> counts;
  for (const Duty& duty : pack.duties()) {
    WARDBOOK_RETURN_IF_ERROR(RequireWords(file, "rule_pack.duties.words", duty.words()));
    if (!duty.commenced_on().empty()) {
      WARDBOOK_RETURN_IF_ERROR(
          RequireDay(file, "rule_pack.duties.commenced_on", duty.commenced_on()));
    }
    ++counts[duty.kind()];
  }
  return CheckKinds(file, "rule_pack.duties", *wardbook::rules::v1::DutyKind_descriptor(), counts,
                    Coverage::kSome);
}

}  // namespace

absl::Status WrongRule(absl::string_view file, absl::string_view field, absl::string_view problem,
                       absl::string_view next_step) {
  return absl::InvalidArgumentError(
      absl::StrCat(file, ": ", field, " ", problem, "; ", next_step, "."));
}

absl::Status CheckRulePack(absl::string_view file, const RulePack& pack) {
  WARDBOOK_RETURN_IF_ERROR(RequireWords(file, "rule_pack.pack_id", pack.pack_id()));
  WARDBOOK_RETURN_IF_ERROR(RequireDay(file, "rule_pack.effective_from", pack.effective_from()));
  if (pack.sources().empty()) {
    return WrongRule(file, "rule_pack.sources", "is empty", "say what the pack follows");
  }
  WARDBOOK_RETURN_IF_ERROR(CheckPeriods(file, "rule_pack.periods", pack.periods()));
  WARDBOOK_RETURN_IF_ERROR(
      CheckPeriods(file, "rule_pack.register_periods", pack.register_periods()));
  if (!ParseTimeOfDay(pack.school_day().home_time())) {
    return WrongRule(file, "rule_pack.school_day.home_time", "is not a time of day",
                     "write it as HH:MM, such as 15:15");
  }
  WARDBOOK_RETURN_IF_ERROR(CheckPolicyReviews(file, pack.policy_reviews()));
  WARDBOOK_RETURN_IF_ERROR(CheckPeriods(file, "rule_pack.concern_pattern", pack.concern_pattern()));
  WARDBOOK_RETURN_IF_ERROR(CheckLists(file, pack));
  WARDBOOK_RETURN_IF_ERROR(CheckStages(file, pack));
  WARDBOOK_RETURN_IF_ERROR(CheckContacts(file, pack));
  return CheckDuties(file, pack);
}

absl::Status CheckBankHolidays(absl::string_view file, const BankHolidays& holidays) {
  if (holidays.first_year() == 0 || holidays.first_year() > holidays.last_year()) {
    return WrongRule(file, "bank_holidays.first_year", "is missing or after the last",
                     "write the first and the last year of which all days are given");
  }
  std::map<uint32_t, int> counts;
  std::optional<absl::CivilDay> last;
  for (const std::string& text : holidays.days()) {
    WARDBOOK_RETURN_IF_ERROR(RequireDay(file, "bank_holidays.days", text));
    const absl::CivilDay day = *ParseDay(text);
    if (last && day <= *last) {
      return WrongRule(file, "bank_holidays.days", absl::StrCat("has ", text, " out of order"),
                       "write each day once, ascending");
    }
    const absl::Weekday weekday = absl::GetWeekday(day);
    if (weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday) {
      return WrongRule(file, "bank_holidays.days", absl::StrCat("has ", text, ", a weekend"),
                       "write the substitute day instead");
    }
    ++counts[static_cast<uint32_t>(day.year())];
    last = day;
  }
  for (const auto& [year, count] : counts) {
    if (year >= holidays.first_year() && year <= holidays.last_year()) continue;
    return WrongRule(file, "bank_holidays.days", absl::StrCat("has days of ", year),
                     "give all days of that year and move first_year or last_year");
  }
  for (uint32_t year = holidays.first_year(); year <= holidays.last_year(); ++year) {
    const auto found = counts.find(year);
    if (found != counts.end() && found->second >= kBankHolidaysOfAYear) continue;
    return WrongRule(file, "bank_holidays.days", absl::StrCat("does not have all days of ", year),
                     absl::StrCat("give at least ", kBankHolidaysOfAYear));
  }
  return absl::OkStatus();
}

}  // namespace wardbook::rulepack
