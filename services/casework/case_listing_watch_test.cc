#include "services/casework/case_listing_watch.h"

#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "services/casework/case_listing_view.h"
#include "services/casework/sample_cases_for_test.h"
#include "services/casework/signed_in_for_test.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/case_service.grpc.pb.h"

namespace wardbook::casework {
namespace {

using kernel::CaseRef;
using wardbook::events::v1::ROUTE_CHAIR_OF_GOVERNORS;
using wardbook::events::v1::ROUTE_HEADTEACHER;
using wardbook::v1::CaseService;
using wardbook::v1::WatchCasesRequest;
using wardbook::v1::WatchCasesResponse;

// Only what is watched.
class WatchedCases : public CaseService::CallbackService {
 public:
  explicit WatchedCases(CaseListing& listing) : listing_(listing) {}
  grpc::ServerWriteReactor<WatchCasesResponse>* WatchCases(
      grpc::CallbackServerContext* context, const WatchCasesRequest* request) override {
    return listing_.Watch(context, *request);
  }

 private:
  CaseListing& listing_;
};

// One watch of somebody, as a client sees it.
class Watch {
 public:
  Watch(CaseService::Stub& stub, const PersonId& person, const WatchCasesRequest& request) {
    context_.AddMetadata("authorization", absl::StrCat("Bearer ", person.Hex()));
    // Far more than anything here needs: a test that meets it has failed.
    context_.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
    reader_ = stub.WatchCases(&context_, request);
  }
  ~Watch() { context_.TryCancel(); }

  // The watch is under way on the server.
  void WaitUntilStarted() { reader_->WaitForInitialMetadata(); }

  // The next change; its `change` is not set when the watch has ended.
  WatchCasesResponse Next() {
    WatchCasesResponse response;
    if (!reader_->Read(&response)) response.Clear();
    return response;
  }

  // How it ends for a client that takes nothing.
  grpc::StatusCode EndUntaken() { return reader_->Finish().error_code(); }

  grpc::StatusCode End() {
    WatchCasesResponse response;
    while (reader_->Read(&response)) {
    }
    return reader_->Finish().error_code();
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<WatchCasesResponse>> reader_;
};

class CaseWatchTest : public ::testing::Test {
 protected:
  explicit CaseWatchTest(std::chrono::nanoseconds patience = runtime::kStreamPatience)
      : workers_(1),
        rpc_(
            signed_in_, [] { return absl::Now(); }, cases_.vault().fingerprint_key(), workers_,
            patience),
        projector_(cases_.StartProjector()),
        listing_(*projector_, cases_.vault(), rpc_),
        service_(listing_) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = CaseService::NewStub(server_->InProcessChannel({}));
  }
  ~CaseWatchTest() override {
    listing_.EndWatches();
    server_->Shutdown();
    server_->Wait();
  }

  static WatchCasesRequest After(uint64_t position) {
    WatchCasesRequest request;
    request.set_after_position(position);
    return request;
  }

  SampleCases cases_;
  SignedIn signed_in_;
  runtime::WorkerPool workers_;
  runtime::Rpc rpc_;
  const std::unique_ptr<runtime::Projector> projector_;
  CaseListingView listing_;
  WatchedCases service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<CaseService::Stub> stub_;
};

TEST_F(CaseWatchTest, ShowsWhatHasChangedSinceAndThenWhatChanges) {
  const CaseRef first = cases_.Report(1, ROUTE_HEADTEACHER);   // Position 0.
  const CaseRef second = cases_.Report(2, ROUTE_HEADTEACHER);  // Position 1.
  const CaseRef third = cases_.Report(3, ROUTE_HEADTEACHER);   // Position 2.
  cases_.Note(second);                                         // Position 3.
  cases_.CatchUp(*projector_);
  Watch watch(*stub_, kHead, After(0));
  // The case that changed twice is shown once, with its last change.
  WatchCasesResponse response = watch.Next();
  EXPECT_EQ(response.handled().case_ref(), third.text());
  EXPECT_EQ(response.position(), 2);
  response = watch.Next();
  EXPECT_EQ(response.handled().case_ref(), second.text());
  EXPECT_EQ(response.handled().revision(), 2);
  EXPECT_EQ(response.position(), 3);
  cases_.Note(first);  // Position 4.
  response = watch.Next();
  EXPECT_EQ(response.handled().case_ref(), first.text());
  EXPECT_EQ(response.position(), 4);
}

TEST_F(CaseWatchTest, ShowsOnlyWhatComesUnlessAskedForMore) {
  cases_.Report(1, ROUTE_HEADTEACHER);
  cases_.CatchUp(*projector_);
  Watch watch(*stub_, kHead, {});
  watch.WaitUntilStarted();
  const CaseRef second = cases_.Report(2, ROUTE_HEADTEACHER);
  EXPECT_EQ(watch.Next().handled().case_ref(), second.text());
}

TEST_F(CaseWatchTest, ShowsEverybodyWhatTheyMaySee) {
  const CaseRef first = cases_.Report(1, ROUTE_HEADTEACHER);
  const CaseRef about_head = cases_.Report(2, ROUTE_CHAIR_OF_GOVERNORS, kHead);
  const CaseRef last = cases_.Report(3, ROUTE_HEADTEACHER);
  cases_.CatchUp(*projector_);
  Watch head(*stub_, kHead, After(0));
  EXPECT_EQ(head.Next().handled().case_ref(), last.text());
  Watch chair(*stub_, kChair, After(0));
  EXPECT_EQ(chair.Next().handled().case_ref(), about_head.text());
  Watch reporter(*stub_, kTeacher, After(0));
  EXPECT_EQ(reporter.Next().filed().case_ref(), about_head.text());
  EXPECT_EQ(reporter.Next().filed().case_ref(), last.text());
}

TEST_F(CaseWatchTest, ShowsNothingMoreToWhoeverHasDeclaredAConflict) {
  const CaseRef kept = cases_.Report(1, ROUTE_HEADTEACHER);
  cases_.DeclareConflict(kept, kDeputy, ROUTE_HEADTEACHER);
  cases_.Note(kept);
  const CaseRef shown = cases_.Report(2, ROUTE_HEADTEACHER);
  cases_.CatchUp(*projector_);
  Watch watch(*stub_, kDeputy, After(0));
  EXPECT_EQ(watch.Next().handled().case_ref(), shown.text());
}

TEST_F(CaseWatchTest, ShowsALongHistoryInOrder) {
  constexpr uint64_t kCases = 300;
  for (uint64_t i = 0; i < kCases; ++i) {
    cases_.Report(i, i % 3 == 0 ? ROUTE_CHAIR_OF_GOVERNORS : ROUTE_HEADTEACHER);
  }
  cases_.CatchUp(*projector_);
  Watch watch(*stub_, kHead, After(0));
  for (uint64_t i = 1; i < kCases; ++i) {
    if (i % 3 != 0) {
      ASSERT_EQ(watch.Next().position(), i);
    }
  }
}

TEST_F(CaseWatchTest, IsRefusedFromARecordOnThatTheLogDoesNotHave) {
  cases_.Report(1, ROUTE_HEADTEACHER);
  cases_.CatchUp(*projector_);
  for (const uint64_t position : {uint64_t{1}, std::numeric_limits<uint64_t>::max()}) {
    EXPECT_EQ(Watch(*stub_, kHead, After(position)).End(), grpc::StatusCode::OUT_OF_RANGE);
  }
  // The last record there is.
  Watch watch(*stub_, kHead, After(0));
  const CaseRef second = cases_.Report(2, ROUTE_HEADTEACHER);
  EXPECT_EQ(watch.Next().handled().case_ref(), second.text());
}

TEST_F(CaseWatchTest, EndsWithTheSession) {
  cases_.Report(1, ROUTE_HEADTEACHER);
  cases_.CatchUp(*projector_);
  Watch watch(*stub_, kHead, {});
  watch.WaitUntilStarted();
  signed_in_.SignOut(kHead);
  cases_.Report(2, ROUTE_HEADTEACHER);
  EXPECT_EQ(watch.Next().change_case(), WatchCasesResponse::CHANGE_NOT_SET);
  EXPECT_EQ(watch.End(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(CaseWatchTest, OnePersonLeavesPlacesForTheOthers) {
  std::vector<std::unique_ptr<Watch>> watches;
  for (int i = 0; i < runtime::kWatchersOfPersonMax; ++i) {
    watches.push_back(std::make_unique<Watch>(*stub_, kHead, WatchCasesRequest()));
    watches.back()->WaitUntilStarted();
  }
  EXPECT_EQ(Watch(*stub_, kHead, {}).End(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  cases_.Report(1, ROUTE_HEADTEACHER);
  cases_.Report(2, ROUTE_HEADTEACHER);
  cases_.CatchUp(*projector_);
  EXPECT_TRUE(Watch(*stub_, kDeputy, After(0)).Next().has_handled());
}

class ImpatientCaseWatchTest : public CaseWatchTest {
 protected:
  ImpatientCaseWatchTest() : CaseWatchTest(std::chrono::milliseconds(20)) {}
};

TEST_F(ImpatientCaseWatchTest, EndsForWhoeverTakesNothing) {
  cases_.Report(1, ROUTE_HEADTEACHER);
  cases_.Report(2, ROUTE_HEADTEACHER);
  cases_.CatchUp(*projector_);
  Watch watch(*stub_, kHead, After(0));
  watch.WaitUntilStarted();
  EXPECT_EQ(watch.EndUntaken(), grpc::StatusCode::CANCELLED);
}

TEST_F(CaseWatchTest, EndsWhenTheServerDoes) {
  Watch watch(*stub_, kHead, {});
  watch.WaitUntilStarted();
  listing_.EndWatches();
  EXPECT_EQ(watch.End(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(CaseWatchTest, IsRefusedToStrangers) {
  signed_in_.SignOut(kTeacher);
  Watch watch(*stub_, kTeacher, {});
  EXPECT_EQ(watch.End(), grpc::StatusCode::UNAUTHENTICATED);
}

}  // namespace
}  // namespace wardbook::casework
