#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/audit/audit_server_for_test.h"
#include "storage/base/big_endian.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/crypto/random.h"
#include "storage/event_log.h"
#include "storage/evidence/evidence_store.h"
#include "storage/key_value.h"
#include "tests/testing/appends.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::wardbook::v1::CheckLogResponse;

struct Checked {
  grpc::Status status;
  std::vector<CheckLogResponse> messages;

  const wardbook::v1::CheckLogVerdict& verdict() const { return messages.back().verdict(); }
};

Checked Check(AuditServerForTest& server, uint64_t from = 0,
              const char* token = AuditServerForTest::kAuditor) {
  const auto context = server.SignedIn(token);
  wardbook::v1::CheckLogRequest request;
  request.set_from_position(from);
  const auto reader = server.stub().CheckLog(context.get(), request);
  Checked checked;
  CheckLogResponse response;
  while (reader->Read(&response)) checked.messages.push_back(response);
  checked.status = reader->Finish();
  return checked;
}

// More records than one progress message is for.
void Fill(AuditServerForTest& server) {
  wardbook::events::v1::CaseEvent event;
  event.mutable_note_added()->set_text("text");
  for (int i = 0; i < 13000; ++i) server.Record("case-1", event);
}

TEST(CheckLog, TellsProgressAndThenTheVerdict) {
  AuditServerForTest server;
  Fill(server);
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead head, server.log().Head(server.school()));

  const Checked checked = Check(server);

  ASSERT_TRUE(checked.status.ok()) << checked.status.error_message();
  ASSERT_THAT(checked.messages, SizeIs(Ge(2u)));
  uint64_t last = 0;
  for (const CheckLogResponse& message : checked.messages) {
    EXPECT_GT(message.checked() + 1, last);
    EXPECT_EQ(message.total(), head.size);
    EXPECT_EQ(message.has_verdict(), &message == &checked.messages.back());
    last = message.checked();
  }
  EXPECT_EQ(last, head.size);
  EXPECT_TRUE(checked.verdict().clean());
  EXPECT_THAT(checked.verdict().faults(), IsEmpty());
}

TEST(CheckLog, GoesOnWhereItWasBrokenOff) {
  AuditServerForTest server;
  Fill(server);
  uint64_t broken_off = 0;
  // Where the first part takes long a message comes before it.
  const Checked whole = Check(server);
  for (const CheckLogResponse& message : whole.messages) {
    if (broken_off == 0) broken_off = message.checked();
  }
  ASSERT_GT(broken_off, 0);
  server.log().damaged_position = broken_off - 1;

  // What was checked before is not read again; what comes after is.
  const Checked resumed = Check(server, broken_off);
  ASSERT_TRUE(resumed.status.ok()) << resumed.status.error_message();
  EXPECT_TRUE(resumed.verdict().clean());
  EXPECT_FALSE(Check(server, broken_off - 1).verdict().clean());
}

TEST(CheckLog, NamesTheRecordThatIsNotWhatWasRecorded) {
  AuditServerForTest server;
  server.log().damaged_position = 1;
  const Checked checked = Check(server);
  ASSERT_TRUE(checked.status.ok());
  EXPECT_FALSE(checked.verdict().clean());
  ASSERT_THAT(checked.verdict().faults(), SizeIs(Ge(1)));
  EXPECT_THAT(checked.verdict().faults(0), StartsWith("record 1: "));
}

TEST(CheckLog, SaysHowManyRecordsHaveLostTheirKey) {
  AuditServerForTest server;
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead head, server.log().Head(server.school()));
  // Sealed with a key that the vault does not have.
  testing::AppendSpec spec;
  spec.school = server.school();
  spec.texts = {"one", "two", "three"};
  ASSERT_OK(testing::AppendTo(server.log(), testing::MakeAppend(spec)));
  const Checked checked = Check(server);
  ASSERT_TRUE(checked.status.ok());
  EXPECT_FALSE(checked.verdict().clean());
  EXPECT_THAT(checked.verdict().faults(),
              ElementsAre(absl::StrCat("the key of 3 records is missing, first that of record ",
                                       head.size, ": restore the vault")));
}

TEST(CheckLog, SaysHowManyRecordsHaveADamagedKey) {
  AuditServerForTest server;
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead head, server.log().Head(server.school()));
  testing::AppendSpec spec;
  spec.school = server.school();
  spec.key_id = crypto::RandomId<KeyId>();
  spec.texts = {"one", "two", "three"};
  ASSERT_OK(testing::AppendTo(server.log(), testing::MakeAppend(spec)));
  storage::WriteSet writes;
  writes.Put(absl::StrCat("k", spec.key_id.view()), "not what was sealed");
  ASSERT_OK(server.vault_rows().Write(writes, storage::Durability::kSynced));
  server.pinned = checkpoint::Checkpoint{"origin", head.size, head.root};

  const Checked checked = Check(server);

  ASSERT_TRUE(checked.status.ok());
  EXPECT_EQ(checked.messages.back().checked(), head.size + 3);
  EXPECT_FALSE(checked.verdict().clean());
  EXPECT_THAT(checked.verdict().faults(),
              ElementsAre(absl::StrCat("the key of 3 records is damaged, first that of record ",
                                       head.size, " (key ", spec.key_id.Hex(),
                                       " in the vault does not open): restore the vault")));
}

// The row of the evidence store that begins with `kind` and is of a file, or of its chunk.
std::string EvidenceRow(AuditServerForTest& server, char kind, const EvidenceId& id,
                        std::optional<uint64_t> offset = std::nullopt) {
  std::string row = absl::StrCat(absl::string_view(&kind, 1), server.school().view(), id.view());
  if (offset.has_value()) AppendBigEndian64(&row, *offset);
  return row;
}

void Write(storage::KeyValue& rows, const storage::WriteSet& writes) {
  ASSERT_OK(rows.Write(writes, storage::Durability::kSynced));
}

TEST(CheckLog, LooksAtEveryFileInEvidenceAndOpensNone) {
  AuditServerForTest server;
  server.File("one.txt", "in one chunk");
  server.File("two.txt", std::string(evidence::kChunkBytesMax + 1, 'x'));
  const Checked checked = Check(server);
  ASSERT_TRUE(checked.status.ok());
  EXPECT_TRUE(checked.verdict().clean());
  EXPECT_THAT(checked.verdict().faults(), IsEmpty());
  EXPECT_THAT(server.AccessEvents(), IsEmpty());
}

TEST(CheckLog, NamesTheRecordOfAFileInEvidenceThatIsDamaged) {
  AuditServerForTest server;
  const std::string content(evidence::kChunkBytesMax + 1, 'x');
  server.File("whole.txt", "whole");
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead head, server.log().Head(server.school()));
  const EvidenceId flipped = server.File("flipped.txt", content);
  const EvidenceId cut = server.File("cut.txt", content);
  const EvidenceId gone = server.File("gone.txt", content);
  const EvidenceId keyless = server.File("keyless.txt", content);
  server.File("also whole.txt", content);
  {
    storage::WriteSet writes;
    const std::string row = EvidenceRow(server, 'c', flipped, 0);
    ASSERT_OK_AND_ASSIGN(const std::optional<std::string> sealed, server.evidence_rows().Get(row));
    std::string changed = sealed.value_or("");
    changed.at(5000) = static_cast<char>(changed.at(5000) ^ 1);
    writes.Put(row, std::move(changed));
    writes.Delete(EvidenceRow(server, 'c', cut, evidence::kChunkBytesMax));
    writes.Delete(EvidenceRow(server, 'u', gone));
    Write(server.evidence_rows(), writes);
  }
  ASSERT_OK(server.DestroyKeyOf(keyless));

  const Checked checked = Check(server);

  ASSERT_TRUE(checked.status.ok());
  EXPECT_FALSE(checked.verdict().clean());
  const auto fault = [&](uint64_t nth, const EvidenceId& id, absl::string_view what) {
    return absl::StrCat("record ", head.size + nth, ": its evidence, file ", id.Hex(), ": ", what);
  };
  EXPECT_THAT(checked.verdict().faults(),
              ElementsAre(fault(0, flipped, "its sealed chunks are not those that were filed"),
                          fault(1, cut, "the chunk at 1048576 is missing"),
                          fault(2, gone, "its upload is missing"),
                          fault(3, keyless, "its key is missing: restore the vault")));
  // From behind them on everything is as it should be.
  EXPECT_TRUE(Check(server, head.size + 4).verdict().clean());
}

TEST(CheckLog, SaysSoWhereARecordDoesNotNameItsFile) {
  AuditServerForTest server;
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead head, server.log().Head(server.school()));
  wardbook::events::v1::CaseEvent event;
  event.mutable_evidence_filed()->set_evidence_id("no id");
  server.Record(server.ref().Stream(), event);
  EXPECT_THAT(Check(server).verdict().faults(),
              ElementsAre(absl::StrCat("record ", head.size,
                                       ": does not say which file in evidence it is of")));
}

TEST(CheckLog, ComparesTheLogWithItsPin) {
  AuditServerForTest server;
  server.pinned = checkpoint::Checkpoint{"origin", 2, Hash()};
  const Checked checked = Check(server);
  ASSERT_TRUE(checked.status.ok());
  EXPECT_FALSE(checked.verdict().clean());
  EXPECT_THAT(checked.verdict().faults(), ElementsAre(HasSubstr("pinned")));
}

TEST(CheckLog, CannotBeginBehindTheEnd) {
  AuditServerForTest server;
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead head, server.log().Head(server.school()));
  EXPECT_EQ(Check(server, head.size + 1).status.error_code(), grpc::OUT_OF_RANGE);
  EXPECT_TRUE(Check(server, head.size).status.ok());
}

TEST(CheckLog, IsForAuditorsAndAdministratorsOnly) {
  AuditServerForTest server;
  EXPECT_EQ(Check(server, 0, AuditServerForTest::kHead).status.error_code(),
            grpc::PERMISSION_DENIED);
  EXPECT_EQ(Check(server, 0, "nobody").status.error_code(), grpc::UNAUTHENTICATED);
}

}  // namespace
}  // namespace wardbook::audit
