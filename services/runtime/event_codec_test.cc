#include "services/runtime/event_codec.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::runtime {
namespace {

using testing::StatusIs;
using wardbook::events::v1::CaseEvent;

CaseEvent Report() {
  CaseEvent event;
  event.mutable_incident_reported()->set_what_happened("Messages that mock my lessons.");
  event.mutable_incident_reported()->mutable_place()->set_platform("WhatsApp");
  return event;
}

TEST(EventCodec, WhatWasEncodedIsDecoded) {
  const EncodedEvent encoded = EncodeEvent(Report());
  EXPECT_EQ(encoded.type, "wardbook.events.v1.IncidentReported");
  CaseEvent decoded;
  ASSERT_OK(DecodeEvent(encoded.type, encoded.bytes, &decoded));
  EXPECT_EQ(decoded.SerializeAsString(), Report().SerializeAsString());
}

TEST(EventCodec, UnknownFieldsAreLeftOutAtEveryDepth) {
  CaseEvent event = Report();
  wardbook::events::v1::IncidentReported& report = *event.mutable_incident_reported();
  report.GetReflection()->MutableUnknownFields(&report)->AddVarint(9000, 1);
  wardbook::events::v1::OnlinePlace& place = *report.mutable_place();
  place.GetReflection()->MutableUnknownFields(&place)->AddLengthDelimited(9001, "smuggled");
  EXPECT_EQ(EncodeEvent(event).bytes, EncodeEvent(Report()).bytes);
}

TEST(EventCodec, AnUnknownTypeAndBrokenBytesAreDataLoss) {
  CaseEvent decoded;
  EXPECT_THAT(DecodeEvent("wardbook.events.v1.Nothing", "", &decoded),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeEvent("wardbook.events.v1.IncidentReported", "\xff", &decoded),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace wardbook::runtime
