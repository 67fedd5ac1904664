// What the policy says, clause by clause, tried on a running server. The rows
// stand in a file for each section; here they are read and tried.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "services/kernel/reason.h"
#include "storage/base/assert.h"
#include "tests/e2e/answer.h"
#include "tests/e2e/any_call.h"
#include "tests/e2e/clauses/clause_refusals.h"
#include "tests/e2e/clauses/clause_row.h"
#include "tests/e2e/running_server.h"
#include "tests/e2e/school.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/case_service.pb.h"
#include "wardbook/v1/incident_service.pb.h"
#include "wardbook/v1/people_service.pb.h"

namespace wardbook::e2e {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;

const std::vector<ClauseSection>& Sections() {
  static const auto& sections = *new std::vector<ClauseSection>{
      PolicyControl(), Conduct(), BreachProcedure(), Departing(),
      Permissions(),   Custody(), Images(),          CyberBullying()};
  return sections;
}

// One server with a school for each section, so that what one section does to
// its policy or its people is no matter of another's.
class SchoolOfEachSection : public ::testing::Environment {
 public:
  void SetUp() override {
    std::vector<NewSchool> schools;
    for (const ClauseSection& section : Sections()) {
      schools.push_back(NewSchoolOf(section.name, kMarks[0]));
    }
    ASSERT_OK_AND_ASSIGN(server_, RunningServer::Start(schools));
  }
  void TearDown() override {
    if (server_ == nullptr) return;
    EXPECT_OK(server_->Stop());
  }

  // Its people are registered when it is asked for first.
  const School& Of(const ClauseSection& section) {
    const std::string name(section.name);
    const auto found = schools_.find(name);
    if (found != schools_.end()) return found->second;
    return schools_.emplace(name, Populate(*server_, name, kMarks[0])).first->second;
  }

 private:
  std::unique_ptr<RunningServer> server_;
  std::map<std::string, School> schools_;
};

// GoogleTest owns it.
SchoolOfEachSection& Schools() {
  static SchoolOfEachSection& schools = *new SchoolOfEachSection;
  return schools;
}

const ::testing::Environment* const registered = ::testing::AddGlobalTestEnvironment(&Schools());

const kernel::ReasonText* FindReason(absl::string_view code) {
  for (const kernel::ReasonText& text : kernel::Catalogue()) {
    if (text.code == code) return &text;
  }
  return nullptr;
}

grpc::StatusCode CodeOf(kernel::ReasonKind kind) {
  switch (kind) {
    case kernel::ReasonKind::kBadRequest:
      return grpc::INVALID_ARGUMENT;
    case kernel::ReasonKind::kState:
      return grpc::FAILED_PRECONDITION;
    case kernel::ReasonKind::kNotFound:
      return grpc::NOT_FOUND;
    case kernel::ReasonKind::kForbidden:
      return grpc::PERMISSION_DENIED;
    case kernel::ReasonKind::kUnauthenticated:
      return grpc::UNAUTHENTICATED;
    case kernel::ReasonKind::kConflict:
      return grpc::ABORTED;
    case kernel::ReasonKind::kAlreadyExists:
      return grpc::ALREADY_EXISTS;
    case kernel::ReasonKind::kOutOfRange:
      return grpc::OUT_OF_RANGE;
    case kernel::ReasonKind::kExhausted:
      return grpc::RESOURCE_EXHAUSTED;
  }
  return grpc::UNKNOWN;
}

std::vector<absl::string_view> ClausesOf(const kernel::ReasonText& reason) {
  return absl::StrSplit(reason.clauses, ' ', absl::SkipEmpty());
}

std::unique_ptr<Message> NewResponse(absl::string_view method) {
  const auto* const found = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      absl::StrCat("wardbook.v1.", method));
  WARDBOOK_ASSERT(found != nullptr);
  return std::unique_ptr<Message>(google::protobuf::MessageFactory::generated_factory()
                                      ->GetPrototype(found->output_type())
                                      ->New());
}

// Whether it says all that is expected, and perhaps more.
bool Says(const Message& expected, const Message& said) {
  MessageDifferencer differencer;
  differencer.set_scope(MessageDifferencer::PARTIAL);
  // Others of the school are on that list as well.
  differencer.TreatAsSet(v1::ListProfileReviewsResponse::descriptor()->FindFieldByName("reviews"));
  return differencer.Compare(expected, said);
}

void ExpectAccepted(const ClauseRow& row, const Scene& scene, const WireAnswer& answer) {
  ASSERT_THAT(answer, IsAnswered());
  if (row.expected.detail.empty()) return;
  const std::unique_ptr<Message> expected = NewResponse(row.method);
  const std::unique_ptr<Message> response = NewResponse(row.method);
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(scene.Filled(row.expected.detail),
                                                            expected.get()));
  ASSERT_EQ(answer.messages.size(), 1U);
  ASSERT_TRUE(response->ParseFromString(answer.messages.front()));
  EXPECT_TRUE(Says(*expected, *response)) << response->ShortDebugString();
}

void ExpectRecorded(const ClauseRow& row, Scene& scene, const WireAnswer& answer) {
  ASSERT_THAT(answer, IsAnswered());
  v1::ReportIncidentResponse reported;
  if (row.method == "IncidentService.ReportIncident") {
    ASSERT_TRUE(reported.ParseFromString(answer.messages.at(0)));
    scene.Set("case", reported.case_ref());
  }
  events::CaseEvent expected;
  ASSERT_TRUE(
      google::protobuf::TextFormat::ParseFromString(scene.Filled(row.expected.detail), &expected));
  const WireAnswer shown = scene.Try(&School::head, "CaseService.GetCase", R"(case_ref: "$case")");
  ASSERT_THAT(shown, IsAnswered());
  v1::GetCaseResponse response;
  ASSERT_TRUE(response.ParseFromString(shown.messages.at(0)));
  EXPECT_TRUE(absl::c_any_of(response.case_file().timeline(), [&expected](
                                                                  const v1::TimelineEntry& entry) {
    return Says(expected, entry.event());
  })) << response.case_file().ShortDebugString();
}

void ExpectRefused(const ClauseRow& row, const WireAnswer& answer) {
  const kernel::ReasonText* const reason = FindReason(row.expected.code);
  ASSERT_NE(reason, nullptr) << "the catalogue has no " << row.expected.code;
  const bool at_field = row.expected.kind == Expected::Kind::kAtField;
  const std::string clauses(at_field ? row.clause : reason->clauses);
  ASSERT_THAT(answer,
              IsRefused(CodeOf(reason->kind), std::string(reason->code).c_str(), clauses.c_str()));
  const auto refusal = RefusalOf(answer.status);
  EXPECT_FALSE(refusal->next_step().empty());
  EXPECT_EQ(refusal->next_step(), std::string(reason->next_step));
  EXPECT_EQ(refusal->message(), std::string(reason->message));
  if (row.expected.kind == Expected::Kind::kRefused) {
    EXPECT_THAT(ClausesOf(*reason), ::testing::Contains(row.clause));
    return;
  }
  EXPECT_EQ(reason->clauses, "") << "the reason names a clause, and so may the row";
  EXPECT_EQ(refusal->field(), std::string(row.expected.detail));
}

struct Trial {
  const ClauseSection* section = nullptr;
  const ClauseRow* row = nullptr;
  // Among the rows of its clause, from 1 on.
  int number = 0;
};

void PrintTo(const Trial& trial, std::ostream* out) { *out << trial.row->tried; }

std::vector<Trial> AllTrials() {
  std::vector<Trial> trials;
  std::map<absl::string_view, int> counts;
  for (const ClauseSection& section : Sections()) {
    for (const ClauseRow& row : section.rows) {
      trials.push_back({&section, &row, ++counts[row.clause]});
    }
  }
  return trials;
}

class Clauses : public ::testing::TestWithParam<Trial> {};

TEST_P(Clauses, AreKept) {
  const ClauseRow& row = *GetParam().row;
  SCOPED_TRACE(absl::StrCat(row.clause, ": ", row.tried));
  Scene scene(Schools().Of(*GetParam().section));
  if (row.situation != nullptr) row.situation(scene);
  if (HasFatalFailure()) return;
  const WireAnswer answer = scene.Try(row.as, row.method, row.request);
  switch (row.expected.kind) {
    case Expected::Kind::kAccepted:
      return ExpectAccepted(row, scene, answer);
    case Expected::Kind::kRecorded:
      return ExpectRecorded(row, scene, answer);
    case Expected::Kind::kRefused:
    case Expected::Kind::kAtField:
    case Expected::Kind::kUnknown:
      return ExpectRefused(row, answer);
  }
}

INSTANTIATE_TEST_SUITE_P(Policy, Clauses, ::testing::ValuesIn(AllTrials()), [](const auto& trial) {
  return absl::StrCat(trial.param.row->clause, "_", trial.param.number);
});

constexpr absl::string_view kNeverGiven[] = {
    // No report is taken without the wishes or that they were asked for. The rule
    // stands for whatever else may open a case; the tests of the domain provoke it.
    "R-WISHES-NOT-ASKED",
};

// A reason that names a clause of the policy is given where somebody goes against
// that clause: each is provoked by a row under each of its clauses, so that none is
// there for nothing.
TEST(ClauseTable, HasARowForEveryClauseOfEveryReason) {
  std::set<std::pair<absl::string_view, absl::string_view>> provoked;
  for (const Trial& trial : AllTrials()) {
    provoked.emplace(trial.row->expected.code, trial.row->clause);
  }
  for (const kernel::ReasonText& reason : kernel::Catalogue()) {
    if (absl::c_linear_search(kNeverGiven, reason.code)) continue;
    for (const absl::string_view clause : ClausesOf(reason)) {
      EXPECT_TRUE(provoked.contains({reason.code, clause})) << reason.code << " of " << clause;
    }
  }
}

// What is recorded stays: nothing that could be called takes back what the policy
// says must not be taken back.
TEST(ClauseTable, TheServerHasNoMethodThatThePolicyForbids) {
  const School& school = Schools().Of(Sections().front());
  const auto methods = ServedMethods(school.teacher);
  ASSERT_FALSE(methods.empty());
  for (const google::protobuf::MethodDescriptor* const method : methods) {
    for (const ForbiddenVerb& forbidden : kForbiddenVerbs) {
      EXPECT_FALSE(absl::StartsWith(method->name(), std::string(forbidden.verb)))
          << method->full_name() << ", against " << forbidden.clause << ": " << forbidden.refused;
    }
  }
}

TEST(ClauseTable, NamesForEachRefusalAClauseOfItsReason) {
  for (const ClauseRefusal& refusal : kClauseRefusals) {
    SCOPED_TRACE(absl::StrCat(refusal.clause, ": ", refusal.refused));
    const kernel::ReasonText* const reason = FindReason(refusal.expected.code);
    ASSERT_NE(reason, nullptr);
    if (refusal.expected.kind == Expected::Kind::kAtField) continue;
    EXPECT_THAT(ClausesOf(*reason), ::testing::Contains(refusal.clause));
  }
}

TEST(ClauseTable, SaysOfEachRowWhatIsTriedByWhom) {
  for (const Trial& trial : AllTrials()) {
    SCOPED_TRACE(absl::StrCat(trial.section->name, ", ", trial.row->tried));
    EXPECT_FALSE(trial.row->tried.empty());
    EXPECT_TRUE(absl::StrContains(trial.row->method, "Service."));
    EXPECT_NE(trial.row->as, nullptr);
  }
}

}  // namespace
}  // namespace wardbook::e2e
