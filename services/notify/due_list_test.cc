#include "services/notify/due_list.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/kernel/reason.h"
#include "services/notify/dues_for_test.h"
#include "services/runtime/refusal.h"
#include "storage/base/moment.h"
#include "tests/testing/appends.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::notify {
namespace {

using runtime::Call;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using wardbook::v1::DueItem;
using wardbook::v1::ListDueRequest;
using wardbook::v1::ListDueResponse;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
const PersonId kSomebody = testing::IdOf<PersonId>(1);

Call CallNow() {
  Call call;
  call.caller.actor.person = kSomebody;
  call.now = kNow;
  return call;
}

DueNow Gather(const std::vector<const runtime::DueSource*>& sources) {
  return GatherDues(sources, CallNow(), Moment::max()).value();
}

template <class Items>
std::vector<std::string> RefsOf(const Items& items) {
  std::vector<std::string> refs;
  for (const DueItem& item : items) refs.push_back(item.case_ref());
  return refs;
}

TEST(DueList, OneListIsMadeOfAllSourcesTheLongestOverdueFirst) {
  SaidDues cases;
  SaidDues policy;
  cases.Say(kSomebody, runtime::Dues{{ItemAt(kNow + absl::Hours(1), "soon"),
                                      ItemAt(kNow - absl::Hours(1), "overdue")},
                                     {}});
  policy.Say(kSomebody,
             runtime::Dues{{ItemAt(kNow - absl::Hours(9), "long overdue"), ItemAt(kNow, "now")},
                           {"A banner."}});
  const DueNow now = Gather({&cases, &policy});
  EXPECT_THAT(RefsOf(now.items), ElementsAre("long overdue", "overdue", "now", "soon"));
  EXPECT_TRUE(now.items[2].overdue());
  EXPECT_FALSE(now.items[3].overdue());
  EXPECT_EQ(now.count.due(), 4u);
  EXPECT_EQ(now.count.overdue(), 3u);
  EXPECT_THAT(now.count.banners(), ElementsAre("A banner."));
}

TEST(DueList, ThePoliceComeBeforeAllElse) {
  SaidDues source;
  DueItem police = ItemAt(kNow - absl::Minutes(5), "police");
  police.set_kind(wardbook::v1::DUE_KIND_INFORM_POLICE);
  source.Say(kSomebody, runtime::Dues{{ItemAt(kNow - absl::Hours(9), "phone"), police}, {}});
  EXPECT_THAT(RefsOf(Gather({&source}).items), ElementsAre("police", "phone"));
}

TEST(DueList, AListThatLacksASourceIsNoList) {
  SaidDues answers;
  SaidDues fails;
  fails.Say(kSomebody, absl::UnavailableError("not yet"));
  EXPECT_THAT(GatherDues({&answers, &fails}, CallNow(), Moment::max()),
              testing::StatusIs(absl::StatusCode::kUnavailable));
}

TEST(DueList, PagesHaveEveryItemOnceAndTheBannersOnTheFirst) {
  SaidDues source;
  runtime::Dues dues;
  std::vector<std::string> expected;
  for (int i = 0; i < 120; ++i) {
    // Some are due at the same moment.
    expected.push_back(absl::StrCat(1000 + i));
    dues.items.push_back(ItemAt(kNow + absl::Minutes(i / 7), expected.back()));
  }
  dues.banners.push_back("A banner.");
  source.Say(kSomebody, dues);
  ListDueRequest request;
  std::vector<std::string> refs;
  std::vector<int> sizes;
  do {
    ListDueResponse response;
    ASSERT_OK(TakePage(request, Gather({&source}), &response));
    EXPECT_EQ(response.count().banners_size(), refs.empty() ? 1 : 0);
    EXPECT_EQ(response.count().due(), 120u);
    for (const std::string& ref : RefsOf(response.items())) refs.push_back(ref);
    sizes.push_back(response.items_size());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(refs, expected);
  EXPECT_THAT(sizes, ElementsAre(50, 50, 20));
}

TEST(DueList, WhatWasDoneBetweenTwoPagesMovesNoOtherItem) {
  SaidDues source;
  const DueItem first = ItemAt(kNow, "a");
  const DueItem second = ItemAt(kNow, "b");
  const DueItem third = ItemAt(kNow, "c");
  source.Say(kSomebody, runtime::Dues{{first, second, third}, {}});
  ListDueRequest request;
  request.set_page_size(2);
  ListDueResponse response;
  ASSERT_OK(TakePage(request, Gather({&source}), &response));
  source.Say(kSomebody, runtime::Dues{{second, third}, {}});
  request.set_page_token(response.next_page_token());
  response.Clear();
  ASSERT_OK(TakePage(request, Gather({&source}), &response));
  EXPECT_THAT(RefsOf(response.items()), ElementsAre("c"));
}

TEST(DueList, OnlyTheOverdueIsShownAndAllIsCounted) {
  SaidDues source;
  source.Say(kSomebody,
             runtime::Dues{{ItemAt(kNow + absl::Hours(1), "soon"), ItemAt(kNow, "now")}, {}});
  ListDueRequest request;
  request.set_only_overdue(true);
  ListDueResponse response;
  ASSERT_OK(TakePage(request, Gather({&source}), &response));
  EXPECT_THAT(RefsOf(response.items()), ElementsAre("now"));
  EXPECT_EQ(response.count().due(), 2u);
}

TEST(DueList, ASizeBelowZeroAndATokenThatIsNoneAreRefused) {
  ListDueResponse response;
  ListDueRequest request;
  request.set_page_size(-1);
  EXPECT_TRUE(
      runtime::IsRefusal(TakePage(request, DueNow(), &response), kernel::Reason::kFieldInvalid));
  for (const char* token : {"?", "YWJj"}) {
    request.set_page_size(0);
    request.set_page_token(token);
    EXPECT_TRUE(
        runtime::IsRefusal(TakePage(request, DueNow(), &response), kernel::Reason::kFieldInvalid))
        << token;
  }
}

TEST(DueList, WhoHasNothingToDoGetsAnEmptyPage) {
  ListDueResponse response;
  ASSERT_OK(TakePage(ListDueRequest(), Gather({}), &response));
  EXPECT_THAT(response.items(), IsEmpty());
  EXPECT_EQ(response.next_page_token(), "");
}

}  // namespace
}  // namespace wardbook::notify
