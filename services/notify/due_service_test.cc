#include "services/notify/due_service.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "services/kernel/reason.h"
#include "services/notify/due_watch.h"
#include "services/notify/dues_for_test.h"
#include "services/runtime/projector.h"
#include "services/runtime/refusal.h"
#include "services/runtime/rpc.h"
#include "services/runtime/view.h"
#include "services/runtime/worker_pool.h"
#include "storage/crypto/secret.h"
#include "storage/vault/vault.h"
#include "tests/testing/appends.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::notify {
namespace {

using testing::IdOf;
using wardbook::v1::WatchDueRequest;
using wardbook::v1::WatchDueResponse;

const SchoolId kSchool = IdOf<SchoolId>(1);
const PersonId kHead = IdOf<PersonId>(1);
const PersonId kTeacher = IdOf<PersonId>(2);

// The token is the person's id in hexadecimal digits, until they sign out.
class SignedIn : public runtime::Authenticator {
 public:
  absl::StatusOr<runtime::Caller> Authenticate(absl::string_view token, absl::Time) override {
    const std::optional<PersonId> person = PersonId::FromHex(token);
    absl::MutexLock lock(&mutex_);
    if (!person.has_value() || person == ended_) {
      return runtime::Refuse(kernel::Reason::kNotSignedIn);
    }
    return runtime::Caller{kSchool, IdOf<SessionId>(1), {*person, {}}};
  }
  void SignOut(const PersonId& person) {
    absl::MutexLock lock(&mutex_);
    ended_ = person;
  }

 private:
  absl::Mutex mutex_;
  std::optional<PersonId> ended_ ABSL_GUARDED_BY(mutex_);
};

// A view without rows: what a watch learns from is that it advances.
class EmptyView : public runtime::View {
 public:
  absl::string_view name() const override { return "empty"; }
  uint32_t version() const override { return 1; }
  absl::string_view stream_prefix() const override { return "nothing-"; }
  std::unique_ptr<runtime::ViewFold> NewFold(const SchoolId&, runtime::FoldUse) const override {
    class Fold : public runtime::ViewFold {
      absl::Status Apply(const runtime::ViewRecord&, runtime::ViewBatch&) override {
        return absl::OkStatus();
      }
    };
    return std::make_unique<Fold>();
  }
};

// One watch of somebody, as a client sees it.
class Watch {
 public:
  Watch(wardbook::v1::DueService::Stub& stub, const PersonId& person,
        const WatchDueRequest& request = {}) {
    context_.AddMetadata("authorization", absl::StrCat("Bearer ", person.Hex()));
    // Far more than anything here needs: a test that meets it has failed.
    context_.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
    reader_ = stub.WatchDue(&context_, request);
  }
  ~Watch() { context_.TryCancel(); }

  // The next list; one without a count when the watch has ended.
  wardbook::v1::DueList NextList() {
    WatchDueResponse response;
    while (reader_->Read(&response)) {
      if (response.has_list()) return response.list();
    }
    return {};
  }
  grpc::StatusCode End() {
    WatchDueResponse response;
    while (reader_->Read(&response)) {
    }
    return reader_->Finish().error_code();
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<WatchDueResponse>> reader_;
};

class DueServiceTest : public ::testing::Test {
 protected:
  DueServiceTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = wardbook::v1::DueService::NewStub(server_->InProcessChannel({}));
  }
  ~DueServiceTest() override {
    watch_.End();
    server_->Shutdown();
    server_->Wait();
  }

  void Say(const PersonId& person, std::vector<wardbook::v1::DueItem> items) {
    source_.Say(person, runtime::Dues{std::move(items), {}});
  }
  // Something is recorded in the school.
  void Record() {
    testing::AppendSpec spec;
    spec.request_id = IdOf<RequestId>(++recorded_);
    ASSERT_OK(testing::AppendTo(log_, testing::MakeAppend(spec)));
  }
  static void As(const PersonId& person, grpc::ClientContext& context) {
    context.AddMetadata("authorization", absl::StrCat("Bearer ", person.Hex()));
  }

  testing::MemoryEventLog log_;
  const std::unique_ptr<vault::Vault> vault_ =
      *vault::Vault::Open(std::make_unique<testing::MemoryKeyValue>(), crypto::Secret::Random());
  runtime::ViewStore views_{std::make_unique<testing::MemoryKeyValue>(), *vault_};
  const EmptyView view_;
  const std::unique_ptr<runtime::Projector> projector_ =
      *runtime::Projector::Start(log_, *vault_, views_, {&view_});
  SignedIn signed_in_;
  runtime::WorkerPool workers_{1};
  runtime::Rpc rpc_{signed_in_, absl::Now, vault_->fingerprint_key(), workers_};
  SaidDues source_;
  DueWatch watch_{*projector_, rpc_, {&source_}};
  DueService service_{rpc_, {&source_}, watch_};
  uint64_t recorded_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<wardbook::v1::DueService::Stub> stub_;
};

TEST_F(DueServiceTest, EverybodyGetsTheirOwnListAndCount) {
  Say(kHead,
      {ItemAt(absl::Now() - absl::Hours(1), "WB-1"), ItemAt(absl::Now() + absl::Hours(1), "WB-2")});
  grpc::ClientContext of_head;
  As(kHead, of_head);
  wardbook::v1::ListDueResponse list;
  ASSERT_TRUE(stub_->ListDue(&of_head, {}, &list).ok());
  ASSERT_EQ(list.items_size(), 2);
  EXPECT_EQ(list.items(0).case_ref(), "WB-1");
  EXPECT_TRUE(list.items(0).overdue());

  wardbook::v1::CountDueResponse count;
  grpc::ClientContext of_head_again;
  As(kHead, of_head_again);
  ASSERT_TRUE(stub_->CountDue(&of_head_again, {}, &count).ok());
  EXPECT_EQ(count.count().due(), 2u);
  EXPECT_EQ(count.count().overdue(), 1u);

  grpc::ClientContext of_teacher;
  As(kTeacher, of_teacher);
  count.Clear();
  ASSERT_TRUE(stub_->CountDue(&of_teacher, {}, &count).ok());
  EXPECT_EQ(count.count().due(), 0u);
}

TEST_F(DueServiceTest, NobodyWhoIsNotSignedInLearnsAnything) {
  grpc::ClientContext context;
  wardbook::v1::CountDueResponse count;
  EXPECT_EQ(stub_->CountDue(&context, {}, &count).error_code(), grpc::UNAUTHENTICATED);
}

TEST_F(DueServiceTest, AWatchBeginsWithTheListAlsoWhenNothingIsDue) {
  Watch watch(*stub_, kHead);
  const wardbook::v1::DueList list = watch.NextList();
  EXPECT_TRUE(list.has_count());
  EXPECT_EQ(list.items_size(), 0);
}

TEST_F(DueServiceTest, AWatchShowsTheListAgainWhenWhatIsRecordedChangesIt) {
  Watch watch(*stub_, kHead);
  EXPECT_EQ(watch.NextList().items_size(), 0);
  Say(kHead, {ItemAt(absl::Now() + absl::Hours(1), "WB-1")});
  Record();
  const wardbook::v1::DueList list = watch.NextList();
  ASSERT_EQ(list.items_size(), 1);
  EXPECT_EQ(list.items(0).case_ref(), "WB-1");
}

TEST_F(DueServiceTest, AWatchShowsNothingWhenOnlyTheListsOfOthersChange) {
  Say(kTeacher, {ItemAt(absl::Now() + absl::Hours(1), "WB-1")});
  Watch watch(*stub_, kTeacher);
  Watch of_head(*stub_, kHead);
  EXPECT_EQ(watch.NextList().items_size(), 1);
  EXPECT_EQ(of_head.NextList().items_size(), 0);
  Say(kHead, {ItemAt(absl::Now() + absl::Hours(1), "WB-2")});
  Record();
  // The one thread has then looked at both, and the next that the teacher is shown
  // is what changes for them.
  EXPECT_EQ(of_head.NextList().items(0).case_ref(), "WB-2");
  Say(kTeacher, {ItemAt(absl::Now() + absl::Hours(1), "WB-3")});
  Record();
  EXPECT_EQ(watch.NextList().items(0).case_ref(), "WB-3");
}

TEST_F(DueServiceTest, AWatchShowsTheListAgainWhenTimePasses) {
  Say(kHead, {ItemAt(absl::Now() + absl::Milliseconds(300), "WB-1")});
  Watch watch(*stub_, kHead);
  wardbook::v1::DueList list = watch.NextList();
  ASSERT_EQ(list.items_size(), 1);
  EXPECT_FALSE(list.items(0).overdue());
  list = watch.NextList();
  ASSERT_EQ(list.items_size(), 1);
  EXPECT_TRUE(list.items(0).overdue());
  EXPECT_EQ(list.count().overdue(), 1u);
}

TEST_F(DueServiceTest, AWatchOfTheOverdueLeavesOutWhatIsNot) {
  Say(kHead,
      {ItemAt(absl::Now() - absl::Hours(1), "WB-1"), ItemAt(absl::Now() + absl::Hours(1), "WB-2")});
  WatchDueRequest request;
  request.set_only_overdue(true);
  Watch watch(*stub_, kHead, request);
  const wardbook::v1::DueList list = watch.NextList();
  ASSERT_EQ(list.items_size(), 1);
  EXPECT_EQ(list.items(0).case_ref(), "WB-1");
  EXPECT_EQ(list.count().due(), 2u);
}

TEST_F(DueServiceTest, AWatchGoesOnWhileAViewIsBuiltAndEndsWithTheSession) {
  source_.Say(kHead, absl::UnavailableError("being built"));
  Watch watch(*stub_, kHead);
  Say(kHead, {ItemAt(absl::Now() + absl::Hours(1), "WB-1")});
  Record();
  EXPECT_EQ(watch.NextList().items_size(), 1);
  signed_in_.SignOut(kHead);
  Record();
  EXPECT_EQ(watch.End(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(DueServiceTest, AWatchEndsWhenTheServerDoes) {
  Watch watch(*stub_, kHead);
  EXPECT_TRUE(watch.NextList().has_count());
  watch_.End();
  EXPECT_EQ(watch.End(), grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace wardbook::notify
