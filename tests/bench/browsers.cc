// How long a browser waits that asks for something while the server has a whole authority's
// browsers, uploads and attackers besides; and what memory that takes.

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "services/gateway/browser_for_test.h"
#include "storage/base/ids.h"
#include "storage/crypto/random.h"
#include "tests/bench/latencies.h"
#include "wardbook/v1/access_service.pb.h"
#include "wardbook/v1/evidence_service.pb.h"
#include "wardbook/v1/incident_service.pb.h"

namespace wardbook::bench {
namespace {

using gateway::BrowserForTest;
using gateway::CallAnswerForTest;

constexpr int kWatches = 2000;
constexpr int kUploads = 50;
constexpr int kSlowLoris = 200;

constexpr size_t kChunkBytes = 1 << 20;
// More than are sent in the time that a row may take.
constexpr size_t kChunksMax = 40;
// A chunk a second is what a school's line takes.
constexpr absl::Duration kBetweenChunks = absl::Seconds(1);
// A byte so often, which a time for each read alone would never end.
constexpr absl::Duration kBetweenBytes = absl::Seconds(1);
// A person who clicks fast; five of them at once.
constexpr absl::Duration kBetweenCalls = absl::Milliseconds(20);
constexpr int kAsking = 5;

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "browsers: %s\n", what.c_str());
  std::exit(1);
}

std::string FirstLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

bool IsOk(const CallAnswerForTest& answer) {
  const auto status = answer.trailers.find("grpc-status");
  return status != answer.trailers.end() && status->second == "0";
}

// The only message of an answer that must be one.
template <class Response>
Response Message(const CallAnswerForTest& answer, const char* what) {
  Response response;
  if (!IsOk(answer) || answer.messages.size() != 1 ||
      !response.ParseFromString(answer.messages[0])) {
    const auto message = answer.trailers.find("grpc-message");
    Fail(absl::StrCat(what, ": HTTP ", answer.http.status, " ",
                      message == answer.trailers.end() ? "" : message->second));
  }
  return response;
}

// The field with the cookie of somebody who has signed in.
std::string SignIn(int port, const std::string& school, const std::string& user,
                   const std::string& password) {
  v1::SignInRequest request;
  request.set_school(school);
  request.set_user_name(user);
  request.set_password(password);
  const CallAnswerForTest answer =
      BrowserForTest(port).Call("/wardbook.v1.AccessService/SignIn", request.SerializeAsString());
  Message<v1::SignInResponse>(answer, "signing in");
  const std::string& cookie = answer.http.fields.at("set-cookie");
  return absl::StrCat("Cookie: ", cookie.substr(0, cookie.find(';')), "\r\n");
}

int64_t ResidentMegabytes(int pid) {
  std::ifstream status(absl::StrCat("/proc/", pid, "/status"));
  for (std::string line; std::getline(status, line);) {
    if (absl::StartsWith(line, "VmRSS:")) return std::atoll(line.c_str() + 6) / 1024;
  }
  Fail("the server has gone");
}

// Threads that go on until they are told to stop.
class Load {
 public:
  ~Load() {
    stopping_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  void Add(std::function<void(const std::atomic<bool>& stopping)> work) {
    threads_.emplace_back([this, work = std::move(work)] { work(stopping_); });
  }

 private:
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> threads_;
};

class Bench {
 public:
  Bench(int port, int pid, std::vector<std::string> cookies)
      : port_(port), pid_(pid), cookies_(std::move(cookies)) {}

  // Prints how long calls take that are made for so long.
  void Ask(const char* when, absl::Duration duration) {
    std::vector<Latencies> latencies(kAsking);
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < kAsking; ++i) {
      threads.emplace_back([&, i] {
        BrowserForTest browser(port_);
        for (const absl::Time end = absl::Now() + duration; absl::Now() < end;) {
          const absl::Time began = absl::Now();
          if (!IsOk(browser.Call("/wardbook.v1.AccessService/GetSession", "", Cookie(i)))) ++failed;
          latencies[static_cast<size_t>(i)].Add(absl::Now() - began);
          absl::SleepFor(kBetweenCalls);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    Latencies all;
    for (const Latencies& one : latencies) all.Add(one);
    std::printf("%-10s %7zu %7d %9.1f %9.1f %9.1f %8ld\n", when, all.count(), failed.load(),
                absl::ToDoubleMilliseconds(all.At(0.5)), absl::ToDoubleMilliseconds(all.At(0.99)),
                absl::ToDoubleMilliseconds(all.At(1)), ResidentMegabytes(pid_));
    std::fflush(stdout);
  }

  // Connections with a watch each, which stay open.
  std::vector<std::unique_ptr<BrowserForTest>> Watch() {
    std::vector<std::unique_ptr<BrowserForTest>> watching;
    for (int i = 0; i < kWatches; ++i) {
      auto browser = std::make_unique<BrowserForTest>(port_);
      browser->Send(browser->CallText("/wardbook.v1.CaseService/WatchCases", "", Cookie(i)));
      watching.push_back(std::move(browser));
    }
    return watching;
  }

  // Chunk after chunk of a file of its own, to a case of its own.
  void Upload(int number, std::atomic<int64_t>& chunks, const std::atomic<bool>& stopping) const {
    BrowserForTest browser(port_);
    browser.AlwaysSend(Cookie(number));
    v1::ReportIncidentRequest report;
    report.set_request_id(UuidText(crypto::NewRequestId()));
    report.set_kind(events::v1::INCIDENT_KIND_CYBER_BULLYING);
    report.set_what_happened("A message, made up for the bench.");
    report.mutable_happened_at()->set_date("2026-05-14");
    report.mutable_happened_at()->set_time("20:40");
    report.set_wishes_not_given(true);
    report.set_indecent_image_answer(events::v1::INDECENT_IMAGE_ANSWER_NO);
    const auto reported = Message<v1::ReportIncidentResponse>(
        browser.Call("/wardbook.v1.IncidentService/ReportIncident", report.SerializeAsString()),
        "reporting");
    v1::OpenUploadRequest open;
    open.set_case_ref(reported.case_ref());
    open.set_file_name("bench.txt");
    open.set_size(kChunkBytes * kChunksMax);
    open.set_indecent_image_answer(events::v1::INDECENT_IMAGE_ANSWER_NO);
    const auto opened = Message<v1::OpenUploadResponse>(
        browser.Call("/wardbook.v1.EvidenceService/OpenUpload", open.SerializeAsString()),
        "opening an upload");
    v1::PutChunkRequest put;
    put.set_upload_id(opened.upload_id());
    put.set_data(std::string(kChunkBytes, 'x'));
    while (!stopping && put.offset() < open.size()) {
      const auto taken = Message<v1::PutChunkResponse>(
          browser.Call("/wardbook.v1.EvidenceService/PutChunk", put.SerializeAsString()),
          "uploading");
      put.set_offset(taken.committed_offset());
      ++chunks;
      absl::SleepFor(kBetweenChunks);
    }
  }

  // Heads that never end, a byte at a time; each begins again where it is thrown out.
  void Trickle(const std::atomic<bool>& stopping) const {
    std::vector<std::unique_ptr<BrowserForTest>> trickling(kSlowLoris);
    std::vector<absl::Time> began(kSlowLoris);
    while (!stopping) {
      for (size_t i = 0; i < trickling.size() && !stopping; ++i) {
        // It does not ask whether it was thrown out: it is, after ten seconds.
        if (!trickling[i] || absl::Now() - began[i] > absl::Seconds(12)) {
          trickling[i] = std::make_unique<BrowserForTest>(port_);
          trickling[i]->Send("GET / HTTP/1.1\r\nX-Slow: ");
          began[i] = absl::Now();
        } else {
          trickling[i]->Send("a");
        }
      }
      absl::SleepFor(kBetweenBytes);
    }
  }

  const std::string& Cookie(int number) const {
    return cookies_[static_cast<size_t>(number) % cookies_.size()];
  }

 private:
  const int port_;
  const int pid_;
  const std::vector<std::string> cookies_;
};

}  // namespace
}  // namespace wardbook::bench

int main(int argc, char** argv) {
  CLI::App app("Measures what a browser waits for while many others are busy.");
  int port = 0;
  int pid = 0;
  int seconds = 15;
  std::string school;
  std::string passwords;
  std::vector<std::string> users;
  app.add_option("--port", port)->required();
  app.add_option("--pid", pid, "of the server, for its memory")->required();
  app.add_option("--school", school)->required();
  app.add_option("--passwords", passwords, "a folder with a file for each user")->required();
  app.add_option("--user", users, "they share the load")->required();
  app.add_option("--seconds", seconds, "how long each row runs")->check(CLI::Range(1, 20));
  CLI11_PARSE(app, argc, argv);

  using namespace wardbook::bench;
  std::vector<std::string> cookies;
  for (const std::string& user : users) {
    cookies.push_back(SignIn(port, school, user, FirstLine(absl::StrCat(passwords, "/", user))));
  }
  Bench bench(port, pid, std::move(cookies));
  const absl::Duration duration = absl::Seconds(seconds);
  std::printf("%-10s %7s %7s %9s %9s %9s %8s\n", "", "calls", "failed", "p50 ms", "p99 ms",
              "max ms", "RSS MB");
  bench.Ask("alone", duration);
  std::atomic<int64_t> chunks = 0;
  {
    auto watching = bench.Watch();
    bench.Ask("watches", duration);
    {
      Load load;
      for (int i = 0; i < kUploads; ++i) {
        load.Add([&, i](const std::atomic<bool>& stopping) { bench.Upload(i, chunks, stopping); });
      }
      load.Add([&](const std::atomic<bool>& stopping) { bench.Trickle(stopping); });
      bench.Ask("loaded", duration);
    }
    int open = 0;
    for (auto& browser : watching) {
      if (browser->ReadHead().status == 200) ++open;
    }
    std::printf("%d of %d watches were open, %ld chunks of 1 MiB taken\n", open, kWatches,
                static_cast<long>(chunks));
  }
  bench.Ask("afterwards", duration / 3);
  return 0;
}
