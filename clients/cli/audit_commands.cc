// The history, who was shown or refused what, and the proofs that the log is whole:
// checked here, not believed.

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/given_key.h"
#include "clients/cli/kept_checkpoint.h"
#include "clients/cli/kept_receipts.h"
#include "storage/bundle/event_words.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/tree.h"
#include "wardbook/log/v1/record.pb.h"
#include "wardbook/v1/audit_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::AuditService;

absl::Status ShowHistory(const v1::GetHistoryResponse& history, Screen& screen) {
  for (const v1::HistoryEntry& entry : history.entries()) {
    log::v1::Record record;
    log::v1::RecordHeader header;
    if (!record.ParseFromString(entry.record()) || !header.ParseFromString(record.header())) {
      return absl::DataLossError(absl::StrCat("Record ", entry.position(), " cannot be read."));
    }
    screen.Line(entry.revision(), ". ", TimeInWords(header.recorded_time()), "  ",
                bundle::EventTitle(header.event_type()), ", record ", entry.position(),
                " of the log");
  }
  screen.Line(history.entries_size(), history.entries_size() == 1 ? " record." : " records.");
  return absl::OkStatus();
}

// Saves the stored bytes of every record, for `audit prove --record`.
absl::Status SaveRecords(const v1::GetHistoryResponse& history, const std::string& directory) {
  WARDBOOK_RETURN_IF_ERROR(MakePrivateDirectory(directory));
  for (const v1::HistoryEntry& entry : history.entries()) {
    WARDBOOK_RETURN_IF_ERROR(
        ReplaceFile(absl::StrCat(directory, "/", entry.position(), ".record"), entry.record()));
  }
  return absl::OkStatus();
}

void AddHistory(Program& program, CLI::App& noun) {
  CLI::App& app =
      *noun.add_subcommand("history", "The records of a case as stored; that you read is recorded");
  const Command<v1::GetHistoryRequest> command(app, program.console());
  auto directory = std::make_shared<std::string>();
  command.Case().File("--out", directory.get(), "Save each record in this directory",
                      Need::kOptional);
  program.WhenChosen(app, [&program, command, directory]() -> absl::Status {
    WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
    WARDBOOK_ASSIGN_OR_RETURN(const v1::GetHistoryRequest request,
                              command.Finished(program, *connection));
    WARDBOOK_ASSIGN_OR_RETURN(const v1::GetHistoryResponse history,
                              AllPages(*connection, &AuditService::Stub::GetHistory, request));
    if (!directory->empty()) WARDBOOK_RETURN_IF_ERROR(SaveRecords(history, *directory));
    if (program.format() == Format::kJson) {
      program.screen().Json(history);
      return absl::OkStatus();
    }
    WARDBOOK_RETURN_IF_ERROR(ShowHistory(history, program.screen()));
    if (!directory->empty()) {
      program.screen().Line("Saved in ", *directory);
      program.screen().Line("Next: Prove that one is in the log.");
      program.screen().Command("wardbook audit prove POSITION --record ",
                               Quoted(absl::StrCat(*directory, "/")), "POSITION.record");
    }
    return absl::OkStatus();
  });
}

void ShowAccess(const v1::ListAccessRequest&, const v1::ListAccessResponse& response,
                Screen& screen) {
  for (const v1::AccessEntry& entry : response.entries()) {
    screen.Line(TimeInWords(entry.recorded_time()), "  ", entry.actor_name(), ": ", entry.what());
  }
  if (response.entries().empty()) screen.Line("Nobody was shown or refused anything of it.");
}

void ShowRefusals(const v1::ListRefusalsRequest&, const v1::ListRefusalsResponse& response,
                  Screen& screen) {
  for (const v1::AccessEntry& entry : response.entries()) {
    screen.Line(TimeInWords(entry.recorded_time()), "  ", entry.actor_name(), ": ", entry.what());
  }
  if (response.entries().empty()) screen.Line("Nothing was refused.");
  screen.Line("Since the server was started ", response.recorded_count(), " recorded, ",
              response.counted_count(), " only counted.");
}

// What is recorded may be gone by a fault, a restored backup or on purpose: whoever
// finds it out cannot tell, and must not keep it to themselves.
constexpr char kTellOthers[] =
    "Tell the Chair of Governors and the safeguarding officer. If a backup was restored, what came "
    "after it is lost, and the technician can say so.";

// The server's newest checkpoint, checked against what this computer kept.
struct CheckedCheckpoint {
  v1::GetCheckpointResponse response;
  KeptCheckpoint newest;
  std::optional<KeptCheckpoint> before;
};

// `trusted_key` is what the user holds from elsewhere; empty if nothing. Without
// it the key of the first time is the one that counts.
absl::StatusOr<CheckedCheckpoint> CheckNewest(Program& program, const std::string& trusted_key) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  WARDBOOK_ASSIGN_OR_RETURN(const SessionState session, program.Session());
  WARDBOOK_ASSIGN_OR_RETURN(const std::string directory, program.ConfigDirectory());
  const CheckpointKeeper keeper(directory);
  WARDBOOK_ASSIGN_OR_RETURN(std::optional<KeptCheckpoint> before, keeper.Load(session.school));
  WARDBOOK_ASSIGN_OR_RETURN(v1::GetCheckpointResponse response,
                            connection->Call(&AuditService::Stub::GetCheckpoint,
                                             v1::GetCheckpointRequest(), Repeat::kSafe));
  std::string key = response.verifier_key();
  if (before.has_value()) key = before->key.Text();
  if (!trusted_key.empty()) key = trusted_key;
  WARDBOOK_ASSIGN_OR_RETURN(KeptCheckpoint newest,
                            CheckCheckpoint(key, response.checkpoint(), session.school));
  if (before.has_value()) {
    const absl::Status grown = CheckGrowth(
        before->checkpoint, newest.checkpoint,
        [&](uint64_t old_size, uint64_t new_size) -> absl::StatusOr<log::v1::ConsistencyProof> {
          v1::GetConsistencyProofRequest request;
          request.set_old_size(old_size);
          request.set_new_size(new_size);
          WARDBOOK_ASSIGN_OR_RETURN(
              const v1::GetConsistencyProofResponse proof,
              connection->Call(&AuditService::Stub::GetConsistencyProof, request, Repeat::kSafe));
          return proof.proof();
        });
    if (!grown.ok()) return absl::IsDataLoss(grown) ? WithNextStep(grown, kTellOthers) : grown;
  }
  WARDBOOK_RETURN_IF_ERROR(keeper.Keep(session.school, newest));
  return CheckedCheckpoint{std::move(response), std::move(newest), std::move(before)};
}

absl::Status ShowCheckpoint(Program& program, const std::string& trusted_key) {
  WARDBOOK_ASSIGN_OR_RETURN(const CheckedCheckpoint checked, CheckNewest(program, trusted_key));
  Screen& screen = program.screen();
  if (program.format() == Format::kJson) {
    screen.Json(checked.response);
    return absl::OkStatus();
  }
  const uint64_t size = checked.newest.checkpoint.size;
  if (!checked.before.has_value()) {
    screen.Line("The log has ", size, " records, and the checkpoint is signed.");
    screen.Line("This is the first one that this computer keeps. There is nothing to compare yet.");
    screen.Line(
        "Next: Compare the key with the school's own copy, such as in the minutes, or give "
        "that copy with --key.");
  } else if (checked.before->checkpoint.size == size) {
    screen.Line("The log is the same as last time: ", size, " records.");
  } else {
    screen.Line("The log is whole: its first ", checked.before->checkpoint.size,
                " records are the same as last time. It has ", size, " records now.");
  }
  screen.Line("Key: ", checked.newest.key.Text());
  return absl::OkStatus();
}

void AddCheckpoint(Program& program, CLI::App& noun) {
  CLI::App& app = *noun.add_subcommand("checkpoint",
                                       "Check that the log still holds all that it held last time");
  auto key = std::make_shared<std::string>();
  AddKey(app, key.get());
  program.WhenChosen(app, [&program, key]() -> absl::Status {
    if (key->empty()) return ShowCheckpoint(program, *key);
    WARDBOOK_ASSIGN_OR_RETURN(const checkpoint::NoteVerifier given, GivenKey(*key));
    return ShowCheckpoint(program, given.Text());
  });
}

// What the user has of the record, to compare with the log.
struct ProofSubject {
  uint64_t position = 0;
  std::string record_file;
  std::string leaf_hash;
};

// What the user has of the record, and what it is called.
struct ProofLeaf {
  Hash hash;
  std::string name;
};

// The record's bytes or hash if one is given, else the receipt that this computer
// kept. NOT_FOUND: there is nothing to compare with.
absl::StatusOr<ProofLeaf> LeafOf(const Program& program, const ProofSubject& subject) {
  if (!subject.record_file.empty()) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::string record, ReadWholeFile(subject.record_file));
    return ProofLeaf{merkle::LeafHash(record), subject.record_file};
  }
  if (!subject.leaf_hash.empty()) {
    const std::optional<Hash> leaf = Hash::FromHex(subject.leaf_hash);
    if (!leaf.has_value()) {
      return absl::InvalidArgumentError("A leaf hash has 64 hexadecimal digits.");
    }
    return ProofLeaf{*leaf, "what has this hash"};
  }
  WARDBOOK_ASSIGN_OR_RETURN(const SessionState session, program.Session());
  WARDBOOK_ASSIGN_OR_RETURN(const std::string directory, program.ConfigDirectory());
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<KeptReceipt> kept,
                            KeptReceipts(directory).Find(session.school, subject.position));
  if (!kept.has_value()) {
    return WithNextStep(
        absl::NotFoundError(absl::StrCat("This computer keeps no receipt of record ",
                                         subject.position, ", so there is nothing to prove.")),
        "Give the record with --record FILE (audit history --out saves it), or the hash that a "
        "receipt has with --leaf-hash HEX.");
  }
  return ProofLeaf{kept->leaf, absl::StrCat("what was recorded from this computer on ",
                                            TimeInWords(kept->recorded_time))};
}

absl::Status Prove(Program& program, const ProofSubject& subject) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  WARDBOOK_ASSIGN_OR_RETURN(const ProofLeaf leaf, LeafOf(program, subject));
  WARDBOOK_ASSIGN_OR_RETURN(const CheckedCheckpoint checked, CheckNewest(program, ""));
  const checkpoint::Checkpoint& tree = checked.newest.checkpoint;
  if (subject.position >= tree.size) {
    return absl::DataLossError(absl::StrCat("The signed log has only ", tree.size,
                                            " records, and no record ", subject.position, "."));
  }
  v1::GetInclusionProofRequest request;
  request.set_position(subject.position);
  request.set_tree_size(tree.size);
  WARDBOOK_ASSIGN_OR_RETURN(
      const v1::GetInclusionProofResponse response,
      connection->Call(&AuditService::Stub::GetInclusionProof, request, Repeat::kSafe));
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<Hash> hashes, HashesOf(response.proof().hashes()));
  if (!merkle::VerifyInclusion(leaf.hash, subject.position, tree.size, hashes, tree.root).ok()) {
    return absl::DataLossError(absl::StrCat("Not proved: ", leaf.name, " is not record ",
                                            subject.position, " of the signed log."));
  }
  Screen& screen = program.screen();
  if (program.format() == Format::kJson) {
    screen.Json(response);
  } else {
    screen.Line("Proved: ", leaf.name, " is record ", subject.position, " of the signed log of ",
                tree.size, " records, and is unchanged.");
  }
  return absl::OkStatus();
}

void AddProve(Program& program, CLI::App& noun) {
  CLI::App& app = *noun.add_subcommand("prove", "Prove that a record is in the signed log");
  auto subject = std::make_shared<ProofSubject>();
  app.add_option("POSITION", subject->position,
                 "The record's place in the log, as the receipt said")
      ->required();
  CLI::Option_group& what = *app.add_option_group("What");
  what.require_option(0, 1);
  what.add_option(
          "--record", subject->record_file,
          "The record as audit history --out saved it; this computer's receipt if not given")
      ->type_name("FILE");
  what.add_option("--leaf-hash", subject->leaf_hash, "The hash of it that a receipt has (--json)")
      ->type_name("HEX");
  program.WhenChosen(app, [&program, subject] { return Prove(program, *subject); });
}

absl::Status CheckLog(Program& program, v1::CheckLogRequest request) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  v1::CheckLogResponse last;
  {
    ProgressBar bar(program.console(), "Checking");
    WARDBOOK_RETURN_IF_ERROR(connection->Stream(&AuditService::Stub::CheckLog, request,
                                                [&](const v1::CheckLogResponse& progress) {
                                                  bar.Show(progress.checked(), progress.total());
                                                  last = progress;
                                                  return absl::OkStatus();
                                                }));
  }
  if (!last.has_verdict()) {
    return WithNextStep(absl::UnavailableError("The check was broken off."), "Go on with it.",
                        absl::StrCat("wardbook audit check-log --from ", last.checked()));
  }
  Screen& screen = program.screen();
  if (program.format() == Format::kJson) {
    screen.Json(last);
  } else {
    if (last.verdict().clean() && request.from_position() == 0) {
      screen.Line("The log is whole: all its ", last.checked(), " records are as they should be.");
    } else if (last.verdict().clean()) {
      screen.Line("The log is as it should be from record ", request.from_position(), " to record ",
                  last.checked() - 1, ". Those before were not checked now.");
    }
    for (const std::string& fault : last.verdict().faults()) screen.Line("Fault: ", fault);
  }
  return last.verdict().clean() ? absl::OkStatus()
                                : absl::DataLossError("The log is not as it should be.");
}

void AddCheckLog(Program& program, CLI::App& noun) {
  CLI::App& app =
      *noun.add_subcommand("check-log", "Have every byte of the log and of its evidence checked");
  const Command<v1::CheckLogRequest> command(app, program.console());
  command.Number(
      "--from",
      [&request = command.request()](uint64_t position) { request.set_from_position(position); },
      "Go on from this position", Need::kOptional);
  program.WhenChosen(app, [&program, command] { return CheckLog(program, command.request()); });
}

}  // namespace

void AddAuditCommands(Program& program) {
  CLI::App& noun = program.Noun("audit", "The history, and the proofs that it is whole");
  AddHistory(program, noun);
  AddList(program, noun, "access", "List who was shown what of a case, and what was refused",
          &AuditService::Stub::ListAccess, ShowAccess)
      .Case();
  AddList(program, noun, "refusals", "List what was refused in the school elsewhere",
          &AuditService::Stub::ListRefusals, ShowRefusals);
  AddCheckpoint(program, noun);
  AddProve(program, noun);
  AddCheckLog(program, noun);
}

}  // namespace wardbook::cli
