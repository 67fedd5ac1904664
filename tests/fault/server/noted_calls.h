// What a client asked of a server and was told, and whether a server that was
// started again still says so.

#ifndef TESTS_FAULT_SERVER_NOTED_CALLS_H_
#define TESTS_FAULT_SERVER_NOTED_CALLS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/checkpoint/checkpoint.h"
#include "tests/e2e/answer.h"
#include "tests/e2e/person.h"
#include "tests/e2e/school.h"
#include "wardbook/v1/evidence_service.grpc.pb.h"

namespace wardbook::e2e {

// A file that the server was asked to take.
struct NotedFile {
  std::string case_ref;
  std::string upload_id;
  std::string content;
  // What the server has said that it has.
  uint64_t committed = 0;
  // Sent when every byte was committed, and maybe answered.
  std::optional<wardbook::v1::FileEvidenceRequest> filing;
};

// Thread-compatible; one client's, or merged from those of several.
class NotedCalls {
 public:
  // Sends a mutation and notes what comes of it. Whoever sends outlives the notes.
  template <class Stub, class Request, class Response>
  Answer<Response> Send(const Person& person,
                        grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                     Response*),
                        const Request& request) {
    // Before it is sent: the answer may never come, and the mutation stay all the same.
    Person caller = person;
    // Whoever asks again does so on the connection to the server that runs then.
    caller.own_connection = nullptr;
    Mutation& sent = mutations_.emplace_back();
    sent.name = Request::descriptor()->name();
    sent.repeat = [=] { return ToldBy(caller.Call(method, request)); };
    Answer<Response> answer = person.Call(method, request);
    if (answer.ok()) {
      sent.answered = ToldBy(answer).response;
      NoteCheckpoint(person, answer.response.receipt().checkpoint());
    }
    return answer;
  }

  // Opens an upload, sends it in some chunks and files it; ends where a call fails.
  grpc::Status SendFile(const Person& person, const School& school, absl::string_view case_ref,
                        std::string content);

  void NoteCase(std::string case_ref) { notes_.try_emplace(std::move(case_ref)); }
  // A note that is about to be sent.
  void NoteText(const std::string& case_ref, std::string text) {
    notes_[case_ref].push_back(std::move(text));
  }
  // A signed checkpoint that the server has shown.
  void NoteCheckpoint(const Person& person, absl::string_view note);

  void Merge(NotedCalls other);

  // How many mutations of a name, such as "AddNoteRequest", were answered.
  int answered(absl::string_view name) const;
  const std::vector<NotedFile>& files() const { return files_; }

  // Expects of the server that runs now: the log is one that grew from the newest
  // checkpoint seen; every answered mutation, sent again, is answered alike and
  // recorded no second time; every other can be sent again; every file is whole or
  // can be made so, and is given back to the byte; cases have every note
  // once; and the head's list has every case.
  void ExpectKept(const School& school);

 private:
  // The answer to a mutation: what must be the same again, and its proof.
  struct Said {
    std::string lasting;
    wardbook::v1::Receipt receipt;
  };
  struct Mutation {
    std::string name;
    std::function<Answer<Said>()> repeat;
    // Nothing when no answer came.
    std::optional<Said> answered;
  };

  template <class Response>
  static Answer<Said> ToldBy(const Answer<Response>& answer) {
    if (!answer.ok()) return {answer.status, {}};
    return {answer.status, {Lasting(answer.response), answer.response.receipt()}};
  }

  void ExpectGrownFromNewest(const School& school) const;
  void ExpectIncluded(const School& school, const wardbook::v1::Receipt& receipt) const;
  void ExpectMutationsKept(const School& school);
  void ExpectFilesKept(const School& school);
  void ExpectCasesKept(const School& school) const;
  void ExpectCasesListed(const School& school) const;

  std::vector<Mutation> mutations_;
  std::vector<NotedFile> files_;
  // Of each case, the texts of all notes that were sent.
  std::map<std::string, std::vector<std::string>> notes_;
  std::optional<checkpoint::Checkpoint> newest_;
};

// The whole file as the person is given it.
Answer<std::string> DownloadWhole(const Person& person, absl::string_view case_ref,
                                  absl::string_view evidence_id);

// Expects that the full check of the school's log finds nothing.
void ExpectCleanLog(const School& school);

}  // namespace wardbook::e2e

#endif  // TESTS_FAULT_SERVER_NOTED_CALLS_H_
