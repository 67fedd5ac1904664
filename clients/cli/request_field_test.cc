#include "clients/cli/request_field.h"

#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

TEST(RequestField, IsNamedAsItIsWrittenOnTheCommandLine) {
  EXPECT_EQ(RequestFieldInWords("sighting.time"), "--seen-time, or --time-not-known");
  EXPECT_EQ(RequestFieldInWords("sighting.time_not_known_because"), "--time-not-known");
  EXPECT_EQ(RequestFieldInWords("sighting.place.platform"), "--platform");
  EXPECT_EQ(RequestFieldInWords("happened_at.date"), "--date");
  EXPECT_EQ(RequestFieldInWords("happened_at.utc_offset_minutes"), "the date and the time");
  EXPECT_EQ(RequestFieldInWords("parties[1].name"), "--target, --subject and --witness");
  EXPECT_EQ(RequestFieldInWords("conveyed_how"), "--conveyed-how");
  EXPECT_EQ(RequestFieldInWords("user_name"), "--user");
  EXPECT_EQ(RequestFieldInWords("child_ids[1]"), "--child");
  EXPECT_EQ(RequestFieldInWords("returned_time"), "--at");
  EXPECT_EQ(RequestFieldInWords("early_because"), "--early-because");
  EXPECT_EQ(RequestFieldInWords("fields.name"), "--field");
}

}  // namespace
}  // namespace wardbook::cli
