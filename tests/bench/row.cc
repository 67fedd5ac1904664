#include "tests/bench/row.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "tests/bench/fail.h"

namespace wardbook::bench {
namespace {

// Three digits are more than two runs of one machine have in common.
std::string Readable(double figure) {
  if (std::abs(figure) >= 100) return absl::StrFormat("%.0f", figure);
  if (std::abs(figure) >= 10) return absl::StrFormat("%.1f", figure);
  return absl::StrFormat("%.2f", figure);
}

std::string GoalText(const Row& row) {
  if (!row.goal.has_value()) return "";
  return absl::StrFormat("%s %g",
                         row.goal->bound == Goal::Bound::kAtLeast ? ">=" : "<=", row.goal->value);
}

std::string LineOfTable(const Row& row) {
  return absl::StrFormat("%-48s %9s %-16s %-10s %-4s %s", row.name,
                         row.figure ? Readable(*row.figure) : "-", row.unit, GoalText(row),
                         !row.goal.has_value() ? "" : (Met(row) ? "yes" : "NO"), row.beside);
}

google::protobuf::Struct Json(const Row& row) {
  google::protobuf::Struct json;
  auto& fields = *json.mutable_fields();
  fields["name"].set_string_value(row.name);
  if (row.figure.has_value()) {
    fields["figure"].set_number_value(*row.figure);
  } else {
    fields["figure"].set_null_value(google::protobuf::NULL_VALUE);
  }
  fields["unit"].set_string_value(row.unit);
  if (row.goal.has_value()) {
    fields["goal"].set_number_value(row.goal->value);
    fields["bound"].set_string_value(row.goal->bound == Goal::Bound::kAtLeast ? "at least"
                                                                              : "at most");
    fields["met"].set_bool_value(Met(row));
  } else {
    fields["goal"].set_null_value(google::protobuf::NULL_VALUE);
    fields["bound"].set_null_value(google::protobuf::NULL_VALUE);
    fields["met"].set_null_value(google::protobuf::NULL_VALUE);
  }
  fields["beside"].set_string_value(row.beside);
  return json;
}

}  // namespace

bool Met(const Row& row) {
  if (!row.goal.has_value()) return true;
  if (!row.figure.has_value()) return false;
  return row.goal->bound == Goal::Bound::kAtLeast ? *row.figure >= row.goal->value
                                                  : *row.figure <= row.goal->value;
}

Rows::Rows(const std::string& path) : file_(std::fopen(path.c_str(), "ae")) {
  if (file_ == nullptr) Fail(absl::StrCat("cannot write to ", path));
}

void Rows::Add(const Row& row) {
  std::string line;
  const auto converted = google::protobuf::util::MessageToJsonString(Json(row), &line);
  if (!converted.ok()) Fail(converted.ToString());
  std::printf("%s\n", LineOfTable(row).c_str());
  std::fflush(stdout);
  if (std::fprintf(file_.get(), "%s\n", line.c_str()) < 0 || std::fflush(file_.get()) != 0) {
    Fail("cannot write the rows");
  }
}

}  // namespace wardbook::bench
