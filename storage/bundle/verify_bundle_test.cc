#include "storage/bundle/verify_bundle.h"

#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/bundle/bundle_path.h"
#include "storage/bundle/sample_case_for_test.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/crypto/random.h"
#include "storage/merkle/rfc6962.h"
#include "storage/record/record.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::bundle {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::wardbook::checkpoint::NoteSigner;
using ::wardbook::checkpoint::NoteVerifier;
using ::wardbook::log::v1::BundledCase;
using ::wardbook::testing::TestSeed;

MATCHER_P2(FaultOf, path, what, "") {
  return ::testing::ExplainMatchResult(path, arg.path, result_listener) &&
         ::testing::ExplainMatchResult(what, arg.what, result_listener);
}

NoteSigner OtherSigner() {
  return *NoteSigner::Create("wardbook.fernhill.example", crypto::Secret::Random());
}

class VerifyBundleTest : public ::testing::Test {
 protected:
  BundleReport Verify(const std::string& bundle) {
    return Verify(bundle, sample_.signer().verifier());
  }
  static BundleReport Verify(const std::string& bundle, const std::optional<NoteVerifier>& key) {
    absl::StatusOr<BundleReport> report = VerifyBundle(BundleInMemory(bundle), key);
    EXPECT_OK(report);
    EXPECT_EQ(report->verdict == Verdict::kIntact, report->faults.empty());
    EXPECT_EQ(report->verdict == Verdict::kIntact, !report->proved.empty());
    EXPECT_FALSE(report->summary.empty());
    return *std::move(report);
  }

  // The faults of the sample's bundle after its records were changed, as the
  // holder of the server's key could do.
  std::vector<Fault> FaultsOfRecords(
      const std::function<void(BundledCase*)>& change,
      const std::function<void(Manifest*)>& change_manifest = [](Manifest*) {}) {
    BundledCase records;
    EXPECT_TRUE(records.ParseFromString(entries_.at("records.pb")));
    change(&records);
    Entries changed = entries_;
    changed["records.pb"] = records.SerializeAsString();
    return Verify(Zip(SignAgain(changed, sample_.signer(), change_manifest))).faults;
  }

  const SampleCaseForTest sample_;
  const std::string bundle_ = sample_.Write();
  const Entries entries_ = ReadEntries(bundle_);
};

TEST_F(VerifyBundleTest, BundleAsWrittenIsIntact) {
  const BundleReport report = Verify(bundle_);
  EXPECT_EQ(report.verdict, Verdict::kIntact);
  EXPECT_EQ(report.key_source, KeySource::kGivenByReader);
  EXPECT_EQ(report.records, SampleCaseForTest::kRecords);
  ASSERT_TRUE(report.manifest.has_value());
  EXPECT_EQ(report.manifest->case_ref, SampleCaseForTest::kCaseRef);
  EXPECT_EQ(report.manifest->revision, SampleCaseForTest::kRecords);
  EXPECT_EQ(report.manifest->checkpoint_size, 11u);
  EXPECT_EQ(report.manifest->entries.size(), 6u);
  EXPECT_THAT(report.proved, Contains(HasSubstr("1 to 6")));
  EXPECT_THAT(report.proved, Contains(HasSubstr("2 files are")));
  EXPECT_THAT(report.proved, Contains(HasSubstr(KeyFingerprint(sample_.signer().verifier()))));
  EXPECT_THAT(report.not_proved, Each(Not(HasSubstr("key is the school's"))));
  EXPECT_THAT(report.notes, IsEmpty());
}

TEST_F(VerifyBundleTest, KeyThatOnlyTheBundleNamesIsSaidToBeSo) {
  const BundleReport report = Verify(bundle_, std::nullopt);
  EXPECT_EQ(report.verdict, Verdict::kIntact);
  EXPECT_EQ(report.key_source, KeySource::kNamedByBundle);
  EXPECT_THAT(report.summary, HasSubstr("if the key below is really the school's"));
  EXPECT_THAT(report.not_proved, Contains(HasSubstr("only the bundle itself says so")));
}

TEST_F(VerifyBundleTest, WrongKeyIsNotIntact) {
  const NoteSigner other = OtherSigner();
  const BundleReport report = Verify(bundle_, other.verifier());
  EXPECT_EQ(report.verdict, Verdict::kAltered);
  EXPECT_THAT(report.faults, Contains(FaultOf("manifest", HasSubstr("not signed with the key"))));
}

TEST_F(VerifyBundleTest, ForgeryUnderAnotherKeyIsFoundOutByWhoHasTheKey) {
  const NoteSigner other = OtherSigner();
  SampleCaseForTest forged;
  const std::string bundle = forged.Write();
  EXPECT_EQ(Verify(bundle, std::nullopt).verdict, Verdict::kIntact);
  EXPECT_THAT(Verify(bundle).faults,
              Contains(FaultOf("manifest", HasSubstr("not signed with the key"))));
  // The true checkpoint does not help the forger.
  Entries mixed = SignAgain(entries_, other);
  EXPECT_THAT(Verify(Zip(mixed), std::nullopt).faults,
              ElementsAre(FaultOf("checkpoint", HasSubstr("not signed"))));
}

TEST_F(VerifyBundleTest, AnyChangedByteIsNoticedAndSomethingIsNamed) {
  std::mt19937_64 random(TestSeed());
  for (int i = 0; i < 3000; ++i) {
    std::string changed = bundle_;
    const size_t at = random() % changed.size();
    const auto change = static_cast<char>(1 + random() % 255);
    changed[at] = static_cast<char>(changed[at] ^ change);
    const BundleReport report = Verify(changed);
    ASSERT_NE(report.verdict, Verdict::kIntact) << "byte " << at;
    ASSERT_THAT(report.faults, Not(IsEmpty())) << "byte " << at;
    for (const Fault& fault : report.faults) ASSERT_FALSE(Sentence(fault).empty());
  }
}

TEST_F(VerifyBundleTest, ChangedByteIsNoticedAlsoWhenTheDigestOfTheFileIsMadeToFit) {
  // The bytes of entries are under the manifest, and nearly all others have one
  // right value. What is left are times, versions and the checksums of zip,
  // which say nothing of the case.
  std::mt19937_64 random(TestSeed() + 1);
  for (const auto& [path, bytes] : entries_) {
    const size_t start = bundle_.find(bytes);
    ASSERT_NE(start, std::string::npos);
    for (int i = 0; i < 100; ++i) {
      std::string changed = bundle_;
      const size_t at = start + random() % bytes.size();
      changed[at] = static_cast<char>(changed[at] ^ (1 << random() % 8));
      UpdateComment(&changed);
      ASSERT_THAT(Verify(changed).faults, Contains(Field(&Fault::path, path))) << "byte " << at;
    }
  }
}

TEST_F(VerifyBundleTest, CutOffFileIsNotIntact) {
  for (size_t size = 0; size < bundle_.size(); size += 97) {
    ASSERT_NE(Verify(bundle_.substr(0, size)).verdict, Verdict::kIntact) << size;
    ASSERT_NE(Verify(bundle_.substr(size + 1)).verdict, Verdict::kIntact) << size;
  }
  EXPECT_NE(Verify(bundle_ + "x").verdict, Verdict::kIntact);
  EXPECT_NE(Verify(bundle_ + bundle_).verdict, Verdict::kIntact);
}

TEST_F(VerifyBundleTest, SomethingElseIsUnreadable) {
  EXPECT_EQ(Verify("").verdict, Verdict::kUnreadable);
  EXPECT_EQ(Verify(std::string(100'000, 'x')).verdict, Verdict::kUnreadable);
  EXPECT_EQ(Verify(crypto::RandomBytes(5000)).verdict, Verdict::kUnreadable);
  EXPECT_EQ(Verify(Zip({{"index.html", "hello"}})).verdict, Verdict::kUnreadable);
  EXPECT_EQ(Verify(Zip({{"holiday.jpg", "hello"}})).verdict, Verdict::kUnreadable);
}

TEST_F(VerifyBundleTest, ChangedFileIsNamed) {
  Entries changed = entries_;
  changed[sample_.picture_path()][100] ^= 1;
  EXPECT_THAT(Verify(Zip(changed)).faults,
              ElementsAre(FaultOf(sample_.picture_path(), HasSubstr("not the one in the manifest")),
                          FaultOf(sample_.picture_path(), HasSubstr("recorded in entry 2"))));
  // Whoever has the key cannot change a file either.
  EXPECT_THAT(Verify(Zip(SignAgain(changed, sample_.signer()))).faults,
              ElementsAre(FaultOf(sample_.picture_path(), HasSubstr("recorded in entry 2"))));
}

TEST_F(VerifyBundleTest, SwappedFilesAreNamed) {
  Entries changed = entries_;
  std::swap(changed[sample_.picture_path()], changed[sample_.chat_path()]);
  EXPECT_THAT(Verify(Zip(SignAgain(changed, sample_.signer()))).faults,
              ::testing::UnorderedElementsAre(
                  FaultOf(sample_.picture_path(), HasSubstr("recorded in entry 2")),
                  FaultOf(sample_.chat_path(), HasSubstr("recorded in entry 4"))));
}

TEST_F(VerifyBundleTest, MissingEntriesAreNamed) {
  for (const auto& [path, bytes] : entries_) {
    Entries changed = entries_;
    changed.erase(path);
    const BundleReport report = Verify(Zip(changed));
    EXPECT_NE(report.verdict, Verdict::kIntact);
    EXPECT_THAT(report.faults, Contains(FaultOf(path, HasSubstr("missing"))));
  }
}

TEST_F(VerifyBundleTest, BundleWithoutAFileSaysSo) {
  Entries changed = entries_;
  changed.erase(sample_.chat_path());
  const BundleReport report = Verify(Zip(SignAgain(changed, sample_.signer())));
  EXPECT_EQ(report.verdict, Verdict::kIntact);
  EXPECT_THAT(report.notes, ElementsAre(AllOf(HasSubstr(sample_.chat().Hex()),
                                              HasSubstr("revision 4"), HasSubstr("not in"))));
}

TEST_F(VerifyBundleTest, AddedEntryIsNamed) {
  Entries changed = entries_;
  const std::string path = absl::StrCat("evidence/", crypto::RandomId<EvidenceId>().Hex(), ".png");
  changed[path] = "a picture";
  EXPECT_THAT(Verify(Zip(changed)).faults,
              Contains(FaultOf(path, HasSubstr("the manifest does not list it"))));
  EXPECT_THAT(Verify(Zip(SignAgain(changed, sample_.signer()))).faults,
              ElementsAre(FaultOf(path, HasSubstr("no entry of the case"))));
}

// Somebody with the server's key puts another file beside the true one, or gives
// it a name that another program opens.
TEST_F(VerifyBundleTest, SecondFileOfOneIdIsNamed) {
  for (const char* extension : {"exe", "html", "a", "txt", "pnh", "zzzzzzzz"}) {
    Entries changed = entries_;
    const std::string path = absl::StrCat("evidence/", sample_.picture().Hex(), ".", extension);
    changed[path] = "another picture";
    EXPECT_THAT(Verify(Zip(SignAgain(changed, sample_.signer()))).faults,
                ElementsAre(FaultOf(path, HasSubstr("under this name"))));
  }
}

TEST_F(VerifyBundleTest, FileUnderAnotherNameThanItsTypeHasIsNamed) {
  Entries changed = entries_;
  const std::string path = absl::StrCat("evidence/", sample_.picture().Hex(), ".exe");
  changed[path] = changed[sample_.picture_path()];
  changed.erase(sample_.picture_path());
  EXPECT_THAT(Verify(Zip(SignAgain(changed, sample_.signer()))).faults,
              ElementsAre(FaultOf(path, HasSubstr("under this name"))));
}

TEST_F(VerifyBundleTest, ChangedPageIsNamed) {
  Entries changed = entries_;
  changed["index.html"] =
      absl::StrReplaceAll(changed["index.html"], {{"The parents were told.", "Nobody was told."}});
  ASSERT_NE(changed["index.html"], entries_.at("index.html"));
  EXPECT_THAT(Verify(Zip(changed)).faults,
              ElementsAre(FaultOf("index.html", HasSubstr("it was changed"))));
}

TEST_F(VerifyBundleTest, ChangedManifestHasAFalseSignature) {
  Entries changed = entries_;
  changed["manifest"] = absl::StrReplaceAll(changed["manifest"], {{"revision 6", "revision 5"}});
  EXPECT_THAT(Verify(Zip(changed)).faults,
              Contains(FaultOf("manifest", HasSubstr("its signature is false"))));
  changed = entries_;
  changed["manifest"] = absl::StrReplaceAll(changed["manifest"], {{"\ncase ", "\nCase "}});
  EXPECT_THAT(Verify(Zip(changed)).faults,
              Contains(FaultOf("manifest", HasSubstr("line 4 of the manifest"))));
}

TEST_F(VerifyBundleTest, ManifestThatLeavesSomethingOutIsNamed) {
  const Entries unlisted = SignAgain(entries_, sample_.signer(), [](Manifest* manifest) {
    ASSERT_EQ(manifest->entries[0].path, "README.txt");
    manifest->entries.erase(manifest->entries.begin());
  });
  EXPECT_THAT(Verify(Zip(unlisted)).faults,
              Contains(FaultOf("README.txt", HasSubstr("it was added"))));
  for (const char* path : {"README.txt", "checkpoint", "index.html", "records.pb"}) {
    Entries without = entries_;
    without.erase(path);
    EXPECT_THAT(Verify(Zip(SignAgain(without, sample_.signer()))).faults,
                Contains(FaultOf(path, "the manifest does not list it")));
  }
}

TEST_F(VerifyBundleTest, ManifestThatNamesAnotherKeyThanItsOwnIsNamed) {
  const NoteSigner other = OtherSigner();
  const std::string bundle = Zip(SignAgain(entries_, sample_.signer(), [&](Manifest* manifest) {
    manifest->key = other.verifier().Text();
  }));
  EXPECT_THAT(Verify(bundle).faults,
              ElementsAre(FaultOf("manifest", HasSubstr("names another key"))));
  EXPECT_THAT(Verify(bundle, std::nullopt).faults,
              Contains(FaultOf("manifest", HasSubstr("not signed with the key"))));
}

TEST_F(VerifyBundleTest, KeyThatCannotBeReadIsNamed) {
  const std::string bundle = Zip(
      SignAgain(entries_, sample_.signer(), [](Manifest* manifest) { manifest->key = "no+key"; }));
  EXPECT_THAT(Verify(bundle, std::nullopt).faults,
              ElementsAre(FaultOf("manifest", HasSubstr("key that it names cannot be read"))));
}

TEST_F(VerifyBundleTest, OtherCheckpointIsNamed) {
  const auto with_checkpoint = [&](uint64_t size, const SchoolId& school, const Hash& root) {
    Entries changed = entries_;
    changed["checkpoint"] = *checkpoint::SignCheckpoint(sample_.signer(), school, size, root);
    return Verify(Zip(SignAgain(changed, sample_.signer()))).faults;
  };
  EXPECT_THAT(with_checkpoint(12, sample_.school(), Hash()),
              Contains(FaultOf("checkpoint", HasSubstr("another size"))));
  EXPECT_THAT(with_checkpoint(11, crypto::RandomId<SchoolId>(), Hash()),
              Contains(FaultOf("checkpoint", HasSubstr("another log"))));
  EXPECT_THAT(with_checkpoint(11, sample_.school(), Hash()),
              AllOf(SizeIs(SampleCaseForTest::kRecords),
                    Each(FaultOf("records.pb", HasSubstr("not the one in the log")))));
}

TEST_F(VerifyBundleTest, SwappedRecordsAreNamed) {
  EXPECT_THAT(
      FaultsOfRecords([](BundledCase* records) { records->mutable_records()->SwapElements(2, 3); }),
      Contains(FaultOf("records.pb", HasSubstr("out of order"))));
}

TEST_F(VerifyBundleTest, DroppedRecordIsNamed) {
  const auto drop = [](int index) {
    return [index](BundledCase* records) { records->mutable_records()->DeleteSubrange(index, 1); };
  };
  EXPECT_THAT(FaultsOfRecords(drop(2)),
              ElementsAre(FaultOf("records.pb", "revision 3 is missing")));
  EXPECT_THAT(FaultsOfRecords(drop(0)),
              ElementsAre(FaultOf("records.pb", "revision 1 is missing")));
  EXPECT_THAT(FaultsOfRecords(drop(5)),
              ElementsAre(FaultOf("records.pb", "revision 6 is missing")));
  // The manifest cannot say that there were fewer, unless they are the last.
  EXPECT_THAT(FaultsOfRecords(drop(2), [](Manifest* manifest) { manifest->revision = 5; }),
              Contains(FaultOf("records.pb", "revision 3 is missing")));
}

TEST_F(VerifyBundleTest, RepeatedRecordIsNamed) {
  EXPECT_THAT(
      FaultsOfRecords([](BundledCase* records) { *records->add_records() = records->records(1); }),
      Contains(FaultOf("records.pb", AllOf(HasSubstr("revision 2"), HasSubstr("twice")))));
}

TEST_F(VerifyBundleTest, ChangedRecordIsNamed) {
  EXPECT_THAT(FaultsOfRecords([](BundledCase* records) {
                std::string* const bytes = records->mutable_records(2)->mutable_record();
                bytes->back() = static_cast<char>(bytes->back() ^ 1);
              }),
              ElementsAre(FaultOf("records.pb", AllOf(HasSubstr("record 4 (revision 3)"),
                                                      HasSubstr("not the one in the log")))));
}

TEST_F(VerifyBundleTest, BytesThatAreNoRecordAreNamed) {
  EXPECT_THAT(FaultsOfRecords([](BundledCase* records) {
                records->mutable_records(2)->set_record("nonsense");
              }),
              ElementsAre(FaultOf("records.pb", HasSubstr("entry 3 of the file is not a record"))));
}

TEST_F(VerifyBundleTest, ChangedProofIsNamed) {
  const std::vector<std::function<void(log::v1::InclusionProof*)>> changes = {
      [](log::v1::InclusionProof* proof) { proof->set_leaf_index(proof->leaf_index() + 1); },
      [](log::v1::InclusionProof* proof) { proof->set_tree_size(10); },
      [](log::v1::InclusionProof* proof) { proof->mutable_hashes()->RemoveLast(); },
      [](log::v1::InclusionProof* proof) { proof->add_hashes(std::string(32, 'x')); },
      [](log::v1::InclusionProof* proof) { proof->set_hashes(0, "short"); },
      [](log::v1::InclusionProof* proof) { proof->mutable_hashes()->SwapElements(0, 1); },
  };
  for (const auto& change : changes) {
    EXPECT_THAT(FaultsOfRecords([&](BundledCase* records) {
                  change(records->mutable_records(3)->mutable_inclusion());
                }),
                ElementsAre(FaultOf("records.pb", HasSubstr("record 5 (revision 4)"))));
  }
}

TEST_F(VerifyBundleTest, ChangedFieldIsNamed) {
  events::v1::NoteAdded other;
  other.set_text("Nobody was told.......");
  EXPECT_THAT(
      FaultsOfRecords([&](BundledCase* records) {
        records->mutable_records(2)->mutable_fields(0)->set_field(other.SerializeAsString());
      }),
      ElementsAre(FaultOf("records.pb", AllOf(HasSubstr("record 4 (revision 3)"),
                                              HasSubstr("field 1"), HasSubstr("commitment")))));
}

TEST_F(VerifyBundleTest, MovedOrMiscountedFieldsAreNamed) {
  EXPECT_THAT(FaultsOfRecords(
                  [&](BundledCase* records) { records->mutable_records(0)->set_field_count(3); }),
              Contains(FaultOf("records.pb", HasSubstr("record 1 (revision 1)"))));
  EXPECT_THAT(FaultsOfRecords([&](BundledCase* records) {
                records->mutable_records(0)->clear_fields();
                records->mutable_records(0)->set_field_count(UINT64_MAX);
              }),
              Contains(FaultOf("records.pb", HasSubstr("more fields than any entry"))));
  EXPECT_THAT(FaultsOfRecords([&](BundledCase* records) {
                records->mutable_records(0)->clear_fields();
                records->mutable_records(0)->set_field_count(record::kEventFieldsMax);
              }),
              Contains(FaultOf("records.pb", HasSubstr("counts fields and shows none"))));
  EXPECT_THAT(FaultsOfRecords([&](BundledCase* records) {
                records->mutable_records(0)->mutable_fields()->SwapElements(0, 1);
              }),
              Contains(FaultOf("records.pb", HasSubstr("out of order"))));
}

TEST_F(VerifyBundleTest, RecordOfAnotherCaseIsNamed) {
  SampleCaseForTest sample;
  events::v1::NoteAdded note;
  note.set_text("of this case");
  BundleContent content = sample.Content();
  content.case_ref = "WB-7K4D-9QX3";
  const absl::StatusOr<std::unique_ptr<BundleWriter>> writer = BundleWriter::Create(
      sample.signer(), content, [](absl::string_view) { return absl::OkStatus(); });
  EXPECT_THAT(writer, testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                        HasSubstr("belongs to another case")));
}

TEST_F(VerifyBundleTest, FaultsBeyondABoundAreCounted) {
  const std::vector<Fault> faults = FaultsOfRecords([](BundledCase* records) {
    for (int i = 0; i < 500; ++i) records->add_records()->set_record("x");
  });
  EXPECT_THAT(faults, SizeIs(100));
  EXPECT_THAT(faults.back().what, HasSubstr("402 more things"));
}

TEST_F(VerifyBundleTest, PartlyWithheldCaseVerifies) {
  const std::string bundle =
      sample_.Write(sample_.Content([](absl::string_view event_type, int number) {
        // What happened, and all of the note.
        return !(event_type == "wardbook.events.v1.IncidentReported" && number == 2) &&
               event_type != "wardbook.events.v1.NoteAdded";
      }));
  const BundleReport report = Verify(bundle);
  EXPECT_EQ(report.verdict, Verdict::kIntact);
  EXPECT_THAT(report.notes, ElementsAre(HasSubstr("1 field was withheld"),
                                        HasSubstr("Of 1 entry nothing is shown")));
  const Entries entries = ReadEntries(bundle);
  for (const auto& [path, bytes] : entries) {
    EXPECT_THAT(bytes, Not(HasSubstr("nobody likes you"))) << path;
    EXPECT_THAT(bytes, Not(HasSubstr("parents"))) << path;
  }
  EXPECT_THAT(entries.at("index.html"), HasSubstr("[withheld]</span>"));
}

TEST_F(VerifyBundleTest, EntriesOfWhichNothingIsLeftVerify) {
  BundleContent content = sample_.Content();
  for (log::v1::BundledRecord& record : *content.records.mutable_records()) {
    record.clear_fields();
    record.clear_field_count();
  }
  const BundleReport report = Verify(sample_.Write(content));
  EXPECT_EQ(report.verdict, Verdict::kIntact);
  EXPECT_THAT(report.notes, ElementsAre(HasSubstr("Of 6 entries nothing is shown")));
}

TEST_F(VerifyBundleTest, KindOfEntryThatIsNotKnownVerifies) {
  SampleCaseForTest sample;
  events::v1::CaseEvent later;  // Not itself a kind of event of a case.
  later.mutable_note_added()->set_text("of a later version");
  sample.Record(later, StreamOfCase(SampleCaseForTest::kCaseRef));
  const BundleReport report = Verify(sample.Write(), sample.signer().verifier());
  EXPECT_EQ(report.verdict, Verdict::kIntact);
  EXPECT_THAT(report.notes, ElementsAre(HasSubstr("1 entry is of a kind")));
}

}  // namespace
}  // namespace wardbook::bundle
