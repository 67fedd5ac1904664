#include "tests/e2e/clauses/clause_scene.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "storage/base/assert.h"
#include "tests/e2e/cases.h"

namespace wardbook::e2e {
namespace {

using google::protobuf::Message;

constexpr absl::string_view kPackage = "wardbook.v1.";

const google::protobuf::MethodDescriptor* FindMethod(absl::string_view method) {
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      absl::StrCat(kPackage, method));
}

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor* type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

const google::protobuf::FieldDescriptor* SingleString(const Message& message,
                                                      const std::string& name) {
  const auto* const field = message.GetDescriptor()->FindFieldByName(name);
  return field != nullptr && !field->is_repeated() &&
                 field->type() == google::protobuf::FieldDescriptor::TYPE_STRING
             ? field
             : nullptr;
}

std::string TimestampText(absl::Time time) {
  return absl::StrCat("seconds: ", absl::ToUnixSeconds(time));
}

}  // namespace

std::string Escaped(absl::string_view bytes) {
  std::string escaped;
  for (const char byte : bytes) {
    absl::StrAppend(&escaped, "\\x", absl::Hex(static_cast<unsigned char>(byte), absl::kZeroPad2));
  }
  return escaped;
}

Scene::Scene(const School& school) : school_(school) {
  for (const Person* person : school.Everybody()) Set(person->user_name, person->id);
  const absl::Time now = absl::Now();
  const absl::TimeZone utc = absl::UTCTimeZone();
  const absl::CivilDay today = absl::ToCivilDay(now, utc);
  Set("now", TimestampText(now));
  Set("in_an_hour", TimestampText(now + absl::Hours(1)));
  Set("in_a_week", TimestampText(now + absl::Hours(24 * 7)));
  Set("in_three_years", TimestampText(now + absl::Hours(24 * 366 * 3)));
  Set("an_hour_ago", TimestampText(now - absl::Hours(1)));
  const absl::Time yesterday = absl::FromCivil(today - 1, utc);
  Set("yesterday_morning", TimestampText(yesterday + absl::Hours(9)));
  Set("yesterday_at_ten", TimestampText(yesterday + absl::Hours(10)));
  Set("yesterday_evening", TimestampText(yesterday + absl::Hours(18)));
  Set("today", absl::FormatCivilTime(today));
  Set("tomorrow", absl::FormatCivilTime(today + 1));
  Set("in_half_a_year", absl::FormatCivilTime(today + 180));
  Set("in_two_years", absl::FormatCivilTime(today + 731));
}

void Scene::Set(absl::string_view name, absl::string_view value) {
  names_[absl::StrCat("$", name)] = std::string(value);
  if (const std::optional<PersonId> id = PersonId::FromHex(value)) {
    names_[absl::StrCat("$", name, ".bytes")] = Escaped(id->view());
  }
}

void Scene::Keep(absl::string_view name, absl::string_view as) {
  const auto found = names_.find(absl::StrCat("$", name));
  WARDBOOK_ASSERT(found != names_.end());
  Set(as, found->second);
}

std::string Scene::Filled(absl::string_view text) const {
  std::vector<std::pair<absl::string_view, absl::string_view>> names(names_.begin(), names_.end());
  std::string filled = absl::StrReplaceAll(text, names);
  EXPECT_EQ(filled.find('$'), std::string::npos) << "a placeholder that nobody knows: " << filled;
  return filled;
}

WireAnswer Scene::Try(Person School::*as, absl::string_view method,
                      absl::string_view request) const {
  const std::string name = absl::StrCat(kPackage, method);
  const auto* const known = FindMethod(method);
  if (known == nullptr) return CallAny(school_.*as, name, "");
  const std::unique_ptr<Message> message = NewMessage(known->input_type());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(Filled(request), message.get()))
      << method << " takes no " << Filled(request);
  if (const auto* const id = SingleString(*message, "request_id")) {
    message->GetReflection()->SetString(message.get(), id, NewRequestId());
  }
  return CallAny(school_.*as, name, message->SerializeAsString());
}

void Scene::Do(Person School::*as, absl::string_view method, absl::string_view request) {
  const WireAnswer answer = Try(as, method, request);
  ASSERT_THAT(answer, IsAnswered()) << method;
  ASSERT_EQ(answer.messages.size(), 1U) << method;
  const std::unique_ptr<Message> response = NewMessage(FindMethod(method)->output_type());
  ASSERT_TRUE(response->ParseFromString(answer.messages.front()));
  for (int i = 0; i < response->GetDescriptor()->field_count(); ++i) {
    std::string name = response->GetDescriptor()->field(i)->name();
    const auto* const field = SingleString(*response, name);
    absl::string_view made = name;
    if (field == nullptr) continue;
    if (!absl::ConsumeSuffix(&made, "_id")) absl::ConsumeSuffix(&made, "_ref");
    Set(made, response->GetReflection()->GetString(*response, field));
  }
}

}  // namespace wardbook::e2e
