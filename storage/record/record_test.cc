#include "storage/record/record.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "storage/crypto/aead.h"
#include "storage/crypto/random.h"
#include "storage/merkle/rfc6962.h"
#include "storage/record/payload_commitment.h"
#include "storage/record/wire.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/log/v1/record.pb.h"

namespace wardbook::record {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Ne;
using ::wardbook::log::v1::RecordHeader;
using ::wardbook::testing::IsOk;
using ::wardbook::testing::StatusIs;
using RecordMessage = ::wardbook::log::v1::Record;

[[maybe_unused]] const uint64_t kSeed = ::wardbook::testing::TestSeed();

// A serialised event of one field.
constexpr absl::string_view kEvent = "\x0a\x0cthe child is";

Header SomeHeader() {
  Header header;
  header.school = crypto::RandomId<SchoolId>();
  header.stream = "case-WB7K4D9QX2";
  header.event_id = crypto::NewEventId(absl::FromUnixSeconds(1'767'225'600));
  header.event_type = "wardbook.events.v1.NoteAdded";
  header.recorded_time = absl::FromUnixSeconds(1'767'225'600) + absl::Nanoseconds(123'456'789);
  header.actor = crypto::RandomId<PersonId>();
  header.session = crypto::RandomId<SessionId>();
  header.request_id = crypto::NewRequestId();
  header.key_id = crypto::RandomId<KeyId>();
  return header;
}

template <class Id>
Id AnyId() {
  return *Id::FromBytes(*rc::gen::container<std::string>(Id::kSize, rc::gen::arbitrary<char>()));
}

std::string AnyName(size_t size_max) {
  const auto size = *rc::gen::inRange<size_t>(1, size_max + 1);
  return *rc::gen::container<std::string>(size, rc::gen::inRange<char>(' ', '~' + 1));
}

Header AnyHeader() {
  Header header;
  header.school = AnyId<SchoolId>();
  header.stream = AnyName(kStreamNameMax);
  header.event_id = AnyId<EventId>();
  header.event_type = AnyName(kEventTypeMax);
  header.recorded_time =
      absl::FromUnixSeconds(*rc::gen::inRange<int64_t>(-62'135'596'800, 253'402'300'800)) +
      absl::Nanoseconds(*rc::gen::inRange<int64_t>(0, 1'000'000'000));
  if (*rc::gen::arbitrary<bool>()) header.actor = AnyId<PersonId>();
  if (*rc::gen::arbitrary<bool>()) header.session = AnyId<SessionId>();
  header.request_id = AnyId<RequestId>();
  header.key_id = AnyId<KeyId>();
  return header;
}

std::string AnyEvent() {
  std::string event;
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
    AppendBytesField(BytesTag(*rc::gen::inRange(1, 16)), *rc::gen::arbitrary<std::string>(),
                     &event);
  }
  return event;
}

// What protobuf itself makes of a header.
RecordHeader MessageOf(const Header& header) {
  RecordHeader message;
  message.set_school_id(header.school.Bytes());
  message.set_stream(header.stream);
  message.set_event_id(header.event_id.Bytes());
  message.set_event_type(header.event_type);
  const int64_t seconds = absl::ToUnixSeconds(header.recorded_time);
  message.mutable_recorded_time()->set_seconds(seconds);
  message.mutable_recorded_time()->set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(header.recorded_time - absl::FromUnixSeconds(seconds))));
  if (!header.actor.IsZero()) message.set_actor_id(header.actor.Bytes());
  if (!header.session.IsZero()) message.set_session_id(header.session.Bytes());
  message.set_request_id(header.request_id.Bytes());
  message.set_key_id(header.key_id.Bytes());
  return message;
}

// What protobuf itself makes of a record.
RecordMessage MessageOf(const RecordView& record) {
  RecordMessage message;
  message.set_position(record.position);
  message.set_revision(record.revision);
  message.set_header(MessageOf(record.header).SerializeAsString());
  message.set_payload_commitment(record.payload_commitment.Bytes());
  message.set_sealed_payload(std::string(record.sealed_payload));
  return message;
}

RecordMessage SomeMessage() {
  const SealedEvent sealed = *SealEvent(SomeHeader(), kEvent, crypto::Secret::Random());
  const std::string stored = EncodeRecord(7, 3, sealed);
  return MessageOf(*ParseRecord(stored));
}

RC_GTEST_PROP(Record, IsWhatProtobufSerialisesAndParses, ()) {
  const Header header = AnyHeader();
  const std::string event = AnyEvent();
  const auto key = crypto::Secret::Random();
  const auto position = *rc::gen::arbitrary<uint64_t>();
  const auto revision = *rc::gen::nonZero<uint64_t>();

  const auto sealed = SealEvent(header, event, key);
  RC_ASSERT(sealed.ok());
  RC_ASSERT(sealed->stream == header.stream);
  const std::string stored = EncodeRecord(position, revision, *sealed);

  RecordMessage message;
  RC_ASSERT(message.ParseFromString(stored));
  RC_ASSERT(message.SerializeAsString() == stored);
  RC_ASSERT(message.position() == position);
  RC_ASSERT(message.revision() == revision);
  RC_ASSERT(message.header() == MessageOf(header).SerializeAsString());

  const auto record = ParseRecord(stored);
  RC_ASSERT(record.ok());
  RC_ASSERT(record->position == position);
  RC_ASSERT(record->revision == revision);
  RC_ASSERT(record->header == header);
  RC_ASSERT(record->header_bytes == message.header());
  RC_ASSERT(record->payload_commitment.view() == message.payload_commitment());
  RC_ASSERT(record->sealed_payload == message.sealed_payload());

  const auto opened = OpenRecord(*record, key);
  RC_ASSERT(opened.ok());
  RC_ASSERT(opened->event == event);
  RC_ASSERT(*PayloadCommitment(event, opened->salt) == record->payload_commitment);
  const auto unsealed = UnsealRecord(*record, key);
  RC_ASSERT(unsealed.ok());
  RC_ASSERT(unsealed->event == event);
}

// Whatever is changed, the bytes are no record, or another one that is written
// exactly like this and does not open.
RC_GTEST_PROP(Record, ChangedAnywhereIsFoundOut, ()) {
  const auto key = crypto::Secret::Random();
  std::string stored =
      EncodeRecord(*rc::gen::arbitrary<uint16_t>(), *rc::gen::inRange<uint64_t>(1, 300),
                   *SealEvent(AnyHeader(), AnyEvent(), key));
  const std::string original = stored;
  const auto at = *rc::gen::inRange<size_t>(0, stored.size());
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      stored[at] = static_cast<char>(stored[at] ^ (1 << *rc::gen::inRange(0, 8)));
      break;
    case 1:
      stored.erase(at, *rc::gen::inRange<size_t>(1, 40));
      break;
    default:
      stored.insert(at, AnyName(20));
      break;
  }
  const auto record = ParseRecord(stored);
  if (!record.ok()) {
    RC_ASSERT(record.status().code() == absl::StatusCode::kDataLoss);
    return;
  }
  RC_ASSERT(MessageOf(*record).SerializeAsString() == stored);
  const auto first = ParseRecord(original);
  const bool only_moved = record->header_bytes == first->header_bytes &&
                          record->payload_commitment == first->payload_commitment &&
                          record->sealed_payload == first->sealed_payload;
  RC_ASSERT(OpenRecord(*record, key).ok() == only_moved);
  RC_ASSERT(UnsealRecord(*record, key).ok() == only_moved);
}

TEST(SealEvent, RefusesStreamsAndTypesThatAreNoNames) {
  const auto status_with = [](absl::string_view stream, absl::string_view event_type) {
    Header header = SomeHeader();
    header.stream = std::string(stream);
    header.event_type = std::string(event_type);
    return SealEvent(header, kEvent, crypto::Secret::Random()).status();
  };
  EXPECT_THAT(status_with(std::string(kStreamNameMax, 's'), std::string(kEventTypeMax, 't')),
              IsOk());
  EXPECT_THAT(status_with(std::string(kStreamNameMax + 1, 's'), "t"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("stream")));
  EXPECT_THAT(status_with("", "t"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status_with("case\n1", "t"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status_with("case-\xc3\xa9", "t"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status_with("s", std::string(kEventTypeMax + 1, 't')),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("type")));
  EXPECT_THAT(status_with("s", ""), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(SealEvent, TakesPrintableCharactersAndNoOthersWhereverTheyStand) {
  Header header = SomeHeader();
  const crypto::Secret key = crypto::Secret::Random();
  for (size_t place = 0; place < 19; ++place) {
    for (int character = 0; character < 256; ++character) {
      header.stream = std::string(19, 's');
      header.stream[place] = static_cast<char>(character);
      EXPECT_THAT(SealEvent(header, kEvent, key).ok(),
                  Eq(absl::ascii_isprint(static_cast<unsigned char>(character))))
          << character << " at " << place;
    }
  }
}

TEST(SealEvent, RefusesTimesThatNoTimestampCanSay) {
  for (absl::Time time :
       {absl::InfinitePast(), absl::InfiniteFuture(), absl::FromUnixSeconds(253'402'300'800)}) {
    Header header = SomeHeader();
    header.recorded_time = time;
    EXPECT_THAT(SealEvent(header, kEvent, crypto::Secret::Random()),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("time")));
  }
}

TEST(SealEvent, RefusesAnEventThatIsNoMessage) {
  EXPECT_THAT(SealEvent(SomeHeader(), "\x0a", crypto::Secret::Random()),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(SealEvent, TwiceTheSameGivesUnlinkableRecords) {
  const Header header = SomeHeader();
  const crypto::Secret key = crypto::Secret::Random();
  const std::string first = EncodeRecord(0, 1, *SealEvent(header, kEvent, key));
  const std::string second = EncodeRecord(0, 1, *SealEvent(header, kEvent, key));
  EXPECT_THAT(ParseRecord(first)->payload_commitment, Ne(ParseRecord(second)->payload_commitment));
  EXPECT_THAT(ParseRecord(first)->sealed_payload, Ne(ParseRecord(second)->sealed_payload));
}

TEST(EncodeRecord, LeavesOutPositionZero) {
  const SealedEvent sealed = *SealEvent(SomeHeader(), kEvent, crypto::Secret::Random());
  const std::string stored = EncodeRecord(0, 1, sealed);
  EXPECT_THAT(stored, Eq(absl::StrCat("\x10\x01", sealed.tail)));
  EXPECT_THAT(ParseRecord(stored)->position, Eq(0));
}

TEST(ParseRecord, ViewsIntoTheStoredBytes) {
  const std::string stored =
      EncodeRecord(1, 1, *SealEvent(SomeHeader(), kEvent, crypto::Secret::Random()));
  ASSERT_OK_AND_ASSIGN(const RecordView record, ParseRecord(stored));
  const auto within = [&stored](absl::string_view view) {
    return view.data() >= stored.data() && view.end() <= stored.data() + stored.size();
  };
  EXPECT_TRUE(within(record.header_bytes));
  EXPECT_TRUE(within(record.sealed_payload));
}

TEST(ParseRecordInto, LeavesNothingOfTheRecordBefore) {
  const Header whole = SomeHeader();
  const std::string full = EncodeRecord(7, 3, *SealEvent(whole, kEvent, crypto::Secret::Random()));
  Header header;
  header.stream = "s";
  header.event_type = "t";
  const std::string bare = EncodeRecord(0, 1, *SealEvent(header, "", crypto::Secret::Random()));
  RecordView record;
  ASSERT_OK(ParseRecordInto(full, &record));
  EXPECT_THAT(record.header, Eq(whole));
  ASSERT_OK(ParseRecordInto(bare, &record));
  EXPECT_THAT(record.position, Eq(0));
  EXPECT_THAT(record.revision, Eq(1));
  EXPECT_THAT(record.header, Eq(ParseRecord(bare)->header));
  EXPECT_TRUE(record.header.actor.IsZero());
  EXPECT_TRUE(record.header.session.IsZero());
}

TEST(ParseRecord, RefusesEveryPrefix) {
  const std::string stored = SomeMessage().SerializeAsString();
  ASSERT_THAT(ParseRecord(stored), IsOk());
  for (size_t size = 0; size < stored.size(); ++size) {
    EXPECT_THAT(ParseRecord(absl::string_view(stored).substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss))
        << size;
  }
}

TEST(ParseRecord, RefusesFieldsThatAreMissingDoubledUnknownOrOutOfOrder) {
  const RecordMessage message = SomeMessage();
  const std::string stored = message.SerializeAsString();
  ASSERT_OK_AND_ASSIGN(const std::vector<absl::string_view> fields, TopLevelFields(stored));
  ASSERT_THAT(fields.size(), Eq(5));

  for (size_t i = 0; i < fields.size(); ++i) {
    std::string without;
    std::string doubled;
    for (size_t j = 0; j < fields.size(); ++j) {
      absl::StrAppend(&doubled, fields[j]);
      if (j == i) {
        absl::StrAppend(&doubled, fields[j]);
      } else {
        absl::StrAppend(&without, fields[j]);
      }
    }
    EXPECT_THAT(ParseRecord(doubled), StatusIs(absl::StatusCode::kDataLoss)) << i;
    if (i == 0) continue;  // Without a position it is the record at position 0.
    EXPECT_THAT(ParseRecord(without), StatusIs(absl::StatusCode::kDataLoss)) << i;
  }
  for (size_t i = 0; i + 1 < fields.size(); ++i) {
    std::vector<absl::string_view> swapped = fields;
    std::swap(swapped[i], swapped[i + 1]);
    std::string bytes;
    for (absl::string_view field : swapped) absl::StrAppend(&bytes, field);
    EXPECT_THAT(ParseRecord(bytes), StatusIs(absl::StatusCode::kDataLoss)) << i;
  }
  EXPECT_THAT(ParseRecord(absl::StrCat(stored, "\x30\x01")),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("unknown field")));
}

TEST(ParseRecord, RefusesNumbersThatProtobufWouldNotWriteSo) {
  const std::string tail = SealEvent(SomeHeader(), kEvent, crypto::Secret::Random())->tail;
  const auto stored = [&tail](absl::string_view hex) {
    return absl::StrCat(absl::HexStringToBytes(hex), tail);
  };
  ASSERT_THAT(ParseRecord(stored("08011001")), IsOk());
  EXPECT_THAT(ParseRecord(stored("08001001")), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParseRecord(stored("08011000")), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParseRecord(stored("0881001001")), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParseRecord(stored("0801108100")), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(ParseRecord, RefusesHashesAndPayloadsOfTheWrongSize) {
  RecordMessage message = SomeMessage();
  message.mutable_payload_commitment()->pop_back();
  EXPECT_THAT(ParseRecord(message.SerializeAsString()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("payload_commitment")));
  message = SomeMessage();
  message.mutable_sealed_payload()->resize(crypto::kSealOverhead - 1);
  EXPECT_THAT(ParseRecord(message.SerializeAsString()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("sealed_payload")));
}

TEST(ParseRecord, RefusesEveryHeaderThatSealEventWouldNotWrite) {
  const struct {
    const char* what;
    std::function<void(RecordHeader*)> change;
  } kChanges[] = {
      {"no school", [](RecordHeader* header) { header->clear_school_id(); }},
      {"a school of 15 bytes",
       [](RecordHeader* header) { header->mutable_school_id()->pop_back(); }},
      {"no stream", [](RecordHeader* header) { header->clear_stream(); }},
      {"a stream with a newline", [](RecordHeader* header) { header->set_stream("case\n1"); }},
      {"a long stream",
       [](RecordHeader* header) { header->set_stream(std::string(kStreamNameMax + 1, 's')); }},
      {"no event id", [](RecordHeader* header) { header->clear_event_id(); }},
      {"an event id of 17 bytes",
       [](RecordHeader* header) { header->mutable_event_id()->push_back('x'); }},
      {"no type", [](RecordHeader* header) { header->clear_event_type(); }},
      {"no time", [](RecordHeader* header) { header->clear_recorded_time(); }},
      {"a billion nanoseconds",
       [](RecordHeader* header) { header->mutable_recorded_time()->set_nanos(1'000'000'000); }},
      {"negative nanoseconds",
       [](RecordHeader* header) { header->mutable_recorded_time()->set_nanos(-1); }},
      {"the year 10000",
       [](RecordHeader* header) { header->mutable_recorded_time()->set_seconds(253'402'300'800); }},
      {"the year 0",
       [](RecordHeader* header) { header->mutable_recorded_time()->set_seconds(-62'135'596'801); }},
      {"an actor of zeros", [](RecordHeader* header) { header->set_actor_id(PersonId().Bytes()); }},
      {"an actor of 15 bytes",
       [](RecordHeader* header) { header->mutable_actor_id()->pop_back(); }},
      {"a session of zeros",
       [](RecordHeader* header) { header->set_session_id(SessionId().Bytes()); }},
      {"no request", [](RecordHeader* header) { header->clear_request_id(); }},
      {"no key", [](RecordHeader* header) { header->clear_key_id(); }},
  };
  for (const auto& change : kChanges) {
    RecordMessage message = SomeMessage();
    RecordHeader header;
    ASSERT_TRUE(header.ParseFromString(message.header()));
    change.change(&header);
    message.set_header(header.SerializeAsString());
    EXPECT_THAT(ParseRecord(message.SerializeAsString()), StatusIs(absl::StatusCode::kDataLoss))
        << change.what;
  }
}

TEST(ParseRecord, RefusesUnknownAndRepeatedFieldsInTheHeader) {
  const RecordMessage message = SomeMessage();
  ASSERT_OK_AND_ASSIGN(const auto fields, TopLevelFields(message.header()));
  for (const std::string& appended : {std::string("\x52\x01x"), std::string(fields.back())}) {
    RecordMessage changed = message;
    changed.mutable_header()->append(appended);
    EXPECT_THAT(ParseRecord(changed.SerializeAsString()),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("unknown field")));
  }
}

TEST(OpenRecord, NamesTheRecordThatDoesNotOpen) {
  const std::string stored = SomeMessage().SerializeAsString();
  EXPECT_THAT(OpenRecord(*ParseRecord(stored), crypto::Secret::Random()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("record 7")));
}

TEST(OpenRecord, RefusesAPayloadThatBreaksItsCommitment) {
  const crypto::Secret key = crypto::Secret::Random();
  const Hash commitment = *PayloadCommitment(kEvent, crypto::Secret::Random());
  RecordMessage message = SomeMessage();
  wardbook::log::v1::SealedPayload payload;
  payload.set_salt(crypto::RandomBytes(crypto::Secret::kSize));
  payload.set_event(std::string(kEvent));
  message.set_payload_commitment(commitment.Bytes());
  message.set_sealed_payload(crypto::Seal(key, absl::StrCat(message.header(), commitment.view()),
                                          payload.SerializeAsString()));
  const std::string stored = message.SerializeAsString();
  EXPECT_THAT(OpenRecord(*ParseRecord(stored), key),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("commitment")));
  EXPECT_THAT(UnsealRecord(*ParseRecord(stored), key), IsOk());
}

TEST(OpenRecord, RefusesAPayloadThatIsNone) {
  const crypto::Secret key = crypto::Secret::Random();
  RecordMessage message = SomeMessage();
  for (const std::string& payload :
       {std::string(), std::string("\x12\x00", 2), std::string(40, 'x'),
        absl::StrCat("\x0a\x1f", std::string(31, 's'))}) {
    message.set_sealed_payload(
        crypto::Seal(key, absl::StrCat(message.header(), message.payload_commitment()), payload));
    const std::string stored = message.SerializeAsString();
    EXPECT_THAT(OpenRecord(*ParseRecord(stored), key),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("payload")));
  }
}

// The record that README.md takes apart.
TEST(OpenRecord, OpensTheExampleOfTheReadme) {
  const std::string stored = absl::HexStringToBytes(
      "080510021aa3010a1000112233445566778899aabbccddeeff120f636173652d5742374b3444395158321a10019b"
      "76da3e800000800000000000000a221c77617264626f6f6b2e6576656e74732e76312e4e6f746541646465642a06"
      "0890efd8ca063210a0a1a2a3a4a5a6a7a8a9aaabacadaeaf3a10b0b1b2b3b4b5b6b7b8b9babbbcbdbebf4210c0c1"
      "c2c3c4c54c6c88c9cacbcccdcecf4a10d0d1d2d3d4d5d6d7d8d9dadbdcdddedf222043adfa9d6b48db66d7ed011a"
      "6eb270cb2caa2fb54a417508c50b2a821a42aea02a59f8202fa1278bd62e8b11a6a34a9529622e823bfb436d8172"
      "8b3dfb664c183b73040bb8dffad0fe949ebc2850d4d212a68aa4404789c65fe15865f446c1e1f920ec140becf255"
      "7f33b7a30916e6ca7a98052736e94f38ab35ad");
  const crypto::Secret key = *crypto::Secret::FromBytes(
      absl::HexStringToBytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

  ASSERT_OK_AND_ASSIGN(const RecordView record, ParseRecord(stored));
  EXPECT_THAT(record.position, Eq(5));
  EXPECT_THAT(record.revision, Eq(2));
  EXPECT_THAT(record.header.stream, Eq("case-WB7K4D9QX2"));
  EXPECT_THAT(record.header.event_type, Eq("wardbook.events.v1.NoteAdded"));
  EXPECT_THAT(record.header.recorded_time, Eq(absl::FromUnixSeconds(1'767'258'000)));
  EXPECT_THAT(merkle::LeafHash(stored).Hex(),
              Eq("af0db469b630f7b41e190b5284f2eefa9cddfcae38c1982831ad265cf325c4b1"));
  ASSERT_OK_AND_ASSIGN(const OpenedEvent opened, OpenRecord(record, key));
  EXPECT_THAT(opened.event, Eq("\x0a\x0bHello there"));
  EXPECT_THAT(FieldSalt(opened.salt, 0).Hex(),
              Eq("6d8aab73f6bb8963deb73143e69a02bea3d02d3890f844893ac797a9b0ff569e"));
}

}  // namespace
}  // namespace wardbook::record
