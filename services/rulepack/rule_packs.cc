#include "services/rulepack/rule_packs.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/rulepack/day.h"
#include "services/rulepack/rule_check.h"
#include "storage/base/status_macros.h"

namespace wardbook::rulepack {
namespace {

using wardbook::rules::v1::BankHolidays;
using wardbook::rules::v1::RuleFile;

constexpr int kBankHolidayNoticeMonths = 6;

// Keeps the first error of a text, with its place.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  explicit FirstError(absl::string_view file) : file_(file) {}

  // Lines and columns come counted from 0.
  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    if (!text_.empty()) return;
    text_ = absl::StrCat(file_, ":", line + 1, ":", column + 1, ": ", message,
                         " Correct it there, and start again.");
  }
  absl::Status status() const { return absl::InvalidArgumentError(text_); }

 private:
  const std::string file_;
  std::string text_;
};

absl::StatusOr<RuleFile> ParseFile(const RuleSource& source) {
  FirstError error(source.name);
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  RuleFile file;
  if (!parser.ParseFromString(std::string(source.text), &file)) return error.status();
  return file;
}

// A pack with the file it stands in.
struct Dated {
  absl::CivilDay from;
  std::string file;
  RulePack pack;
};

absl::Status CheckOrder(const std::vector<Dated>& packs) {
  absl::flat_hash_set<std::string> ids;
  for (size_t i = 0; i < packs.size(); ++i) {
    if (!ids.insert(packs[i].pack.pack_id()).second) {
      return WrongRule(packs[i].file, "rule_pack.pack_id", "is that of another file",
                       "give every pack a name of its own");
    }
    if (i > 0 && packs[i].from == packs[i - 1].from) {
      return WrongRule(packs[i].file, "rule_pack.effective_from",
                       absl::StrCat("is that of ", packs[i - 1].file),
                       "let every pack begin on a day of its own");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<const RulePacks>> RulePacks::Parse(
    absl::Span<const RuleSource> sources) {
  std::vector<Dated> dated;
  std::optional<BankHolidays> holidays;
  for (const RuleSource& source : sources) {
    WARDBOOK_ASSIGN_OR_RETURN(RuleFile file, ParseFile(source));
    switch (file.content_case()) {
      case RuleFile::kRulePack: {
        WARDBOOK_RETURN_IF_ERROR(CheckRulePack(source.name, file.rule_pack()));
        const absl::CivilDay from = *ParseDay(file.rule_pack().effective_from());
        dated.push_back({from, std::string(source.name), std::move(*file.mutable_rule_pack())});
        break;
      }
      case RuleFile::kBankHolidays:
        if (holidays) {
          return WrongRule(source.name, "bank_holidays", "stand in another file already",
                           "keep all bank holidays in one file");
        }
        WARDBOOK_RETURN_IF_ERROR(CheckBankHolidays(source.name, file.bank_holidays()));
        holidays = std::move(*file.mutable_bank_holidays());
        break;
      case RuleFile::CONTENT_NOT_SET:
        return WrongRule(source.name, "content", "is missing",
                         "begin with rule_pack or bank_holidays");
    }
  }
  if (dated.empty()) {
    return absl::InvalidArgumentError("there is no rule pack; add a file with rule_pack { ... }.");
  }
  if (!holidays) {
    return absl::InvalidArgumentError(
        "there are no bank holidays; add a file with bank_holidays { ... }.");
  }
  std::sort(dated.begin(), dated.end(),
            [](const Dated& a, const Dated& b) { return a.from < b.from; });
  WARDBOOK_RETURN_IF_ERROR(CheckOrder(dated));
  // Otherwise a pack's working days would be counted without its holidays.
  if (dated.front().from.year() < static_cast<absl::civil_year_t>(holidays->first_year())) {
    return WrongRule(dated.front().file, "rule_pack.effective_from",
                     "is before the first year of the bank holidays",
                     "add the bank holidays of that year");
  }

  absl::flat_hash_set<absl::CivilDay> days;
  for (const std::string& day : holidays->days()) days.insert(*ParseDay(day));
  WARDBOOK_ASSIGN_OR_RETURN(WorkingCalendar calendar, WorkingCalendar::Create(std::move(days)));
  std::vector<RulePack> packs;
  std::vector<absl::Time> starts;
  for (Dated& one : dated) {
    packs.push_back(std::move(one.pack));
    starts.push_back(calendar.StartOf(one.from));
  }
  return std::unique_ptr<const RulePacks>(
      new RulePacks(std::move(packs), std::move(starts), std::move(calendar),
                    absl::CivilDay(holidays->last_year(), 12, 31)));
}

absl::StatusOr<std::unique_ptr<const RulePacks>> RulePacks::Load(const std::string& directory) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (std::filesystem::directory_iterator entry(directory, error), end; entry != end && !error;
       entry.increment(error)) {
    if (entry->path().extension() == ".textproto") paths.push_back(entry->path());
  }
  if (error) return absl::NotFoundError(absl::StrCat("cannot read the rules in ", directory));
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> names;
  std::vector<std::string> texts;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path.string()));
    names.push_back(path.string());
    texts.push_back(std::move(text));
  }
  std::vector<RuleSource> sources;
  for (size_t i = 0; i < names.size(); ++i) sources.push_back({names[i], texts[i]});
  return Parse(sources);
}

absl::StatusOr<std::unique_ptr<const RulePacks>> RulePacks::Shipped() {
  return Parse(ShippedRules());
}

const RulePack& RulePacks::At(absl::Time time) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), time);
  const auto index = after == starts_.begin() ? 0 : after - starts_.begin() - 1;
  return packs_[static_cast<size_t>(index)];
}

absl::Time RulePacks::BankHolidaysEndSoonFrom() const {
  return calendar_.StartOf(AddMonths(bank_holidays_until_, -kBankHolidayNoticeMonths));
}

absl::Time RulePacks::HomeTimeOf(absl::CivilDay day) const {
  // CheckRulePack has read it before.
  const TimeOfDay time = *ParseTimeOfDay(At(calendar_.StartOf(day)).school_day().home_time());
  return calendar_.TimeOf(
      absl::CivilMinute(day.year(), day.month(), day.day(), time.hour, time.minute));
}

}  // namespace wardbook::rulepack
