#include "clients/cli/bundle_report_screen.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/bundle/event_words.h"

namespace wardbook::cli {
namespace {

using bundle::BundleReport;
using bundle::Verdict;

const char* JsonWord(Verdict verdict) {
  switch (verdict) {
    case Verdict::kIntact:
      return "intact";
    case Verdict::kAltered:
      return "altered";
    case Verdict::kUnreadable:
      break;
  }
  return "unreadable";
}

void ShowList(const char* heading, const std::vector<std::string>& sentences, Screen& screen) {
  if (sentences.empty()) return;
  screen.Blank();
  screen.Line(heading);
  for (const std::string& sentence : sentences) screen.Line("  - ", sentence);
}

std::vector<std::string> FaultSentences(const BundleReport& report) {
  std::vector<std::string> sentences;
  for (const bundle::Fault& fault : report.faults) {
    const std::string sentence = absl::StrCat(Sentence(fault), ".");
    // The name of a file stays as it is.
    sentences.push_back(fault.path.empty() ? bundle::Capitalised(sentence) : sentence);
  }
  return sentences;
}

google::protobuf::Value StringValue(const std::string& text) {
  google::protobuf::Value value;
  value.set_string_value(text);
  return value;
}

google::protobuf::Value ListValue(const std::vector<std::string>& texts) {
  google::protobuf::Value value;
  value.mutable_list_value();
  for (const std::string& text : texts) {
    *value.mutable_list_value()->add_values() = StringValue(text);
  }
  return value;
}

}  // namespace

void ShowReport(const BundleReport& report, Screen& screen) {
  screen.Line(report.summary);
  ShowList("What is wrong:", FaultSentences(report), screen);
  ShowList("Proved:", report.proved, screen);
  ShowList("Cannot be proved by this file:", report.not_proved, screen);
  ShowList("Note:", report.notes, screen);
  if (!report.key.has_value()) return;
  screen.Blank();
  screen.Line("Key: ", report.key->Text());
  screen.Line("Fingerprint: ", bundle::KeyFingerprint(*report.key));
}

google::protobuf::Struct ReportStruct(const BundleReport& report) {
  google::protobuf::Struct object;
  auto& fields = *object.mutable_fields();
  fields["verdict"] = StringValue(JsonWord(report.verdict));
  fields["summary"] = StringValue(report.summary);
  fields["faults"] = ListValue(FaultSentences(report));
  fields["proved"] = ListValue(report.proved);
  fields["notProved"] = ListValue(report.not_proved);
  fields["notes"] = ListValue(report.notes);
  // As the JSON mapping writes every 64-bit number.
  fields["records"] = StringValue(absl::StrCat(report.records));
  if (report.manifest.has_value()) {
    fields["caseRef"] = StringValue(report.manifest->case_ref);
    fields["revision"] = StringValue(absl::StrCat(report.manifest->revision));
  }
  if (report.key.has_value()) {
    fields["key"] = StringValue(report.key->Text());
    fields["fingerprint"] = StringValue(bundle::KeyFingerprint(*report.key));
    fields["keySource"] =
        StringValue(report.key_source == bundle::KeySource::kGivenByReader ? "given-by-reader"
                                                                           : "named-by-bundle");
  }
  return object;
}

}  // namespace wardbook::cli
