// Measures the log at scale: a county's history is written, stage by stage, and at each
// stage a server runs on it; then the rows of the stores beside their floors.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "services/server/key_files.h"
#include "services/server/stores.h"
#include "storage/base/status_macros.h"
#include "tests/bench/county.h"
#include "tests/bench/machine.h"
#include "tests/bench/row.h"
#include "tests/bench/served.h"
#include "tests/bench/store_measures.h"

namespace wardbook::bench {
namespace {

namespace fs = std::filesystem;

// The log that the large one is compared with.
constexpr uint64_t kSmallEvents = 10'000;
constexpr int kInFlight = 64;
constexpr size_t kSignedIn = 64;
// Rounds of appends to the small and the large log in turns, so that whatever else the
// machine does meets both alike.
constexpr int kRounds = 7;
constexpr double kMega = 1e6;
// How long a server that was busy has rested when its memory is read.
constexpr absl::Duration kIdle = absl::Seconds(5);
// How long it takes notes until it is killed.
constexpr absl::Duration kBeforeKill = absl::Seconds(1);

struct Options {
  std::string home;
  std::string server_program;
  std::vector<uint64_t> stages = {100'000, 300'000, 1'000'000, 3'000'000, 10'000'000};
  size_t schools = 620;
  double seconds = 5;
  size_t round_appends = 8192;
  // Measures a home that an earlier run has left, and not all of it: for whoever changes
  // what is measured.
  std::string again;
  int threads = 2;
  std::string rows_file;
  std::string stages_file;
};

class StoreBench {
 public:
  explicit StoreBench(Options options)
      : options_(std::move(options)),
        county_(options_.stages.back()),
        small_(kSmallEvents),
        rows_(options_.rows_file) {}

  absl::Status Run() {
    if (!options_.again.empty()) return MeasureAgain();
    WARDBOOK_RETURN_IF_ERROR(
        server::MakeKeyFiles(Keys(), "bench.invalid", {"127.0.0.1"}, absl::Now()));
    WARDBOOK_RETURN_IF_ERROR(GrowThroughStages());
    return MeasureStores();
  }

 private:
  // What is plotted of a stage.
  struct Stage {
    uint64_t events = 0;
    uint64_t cases = 0;
    double grown_per_second = 0;
    uint64_t log_bytes = 0;
    uint64_t all_bytes = 0;
    absl::Duration start_after_stop;
    absl::Duration start_after_kill;
    Resident idle;
    double notes_per_second = 0;
    absl::Duration note_p50;
    absl::Duration note_p99;
    absl::Duration inbox_p50;
  };

  absl::Status MeasureAgain() {
    WARDBOOK_ASSIGN_OR_RETURN(const auto stores, Open(Data()));
    WARDBOOK_ASSIGN_OR_RETURN(schools_, stores->log->ListSchools());
    if (options_.again == "rebuild") return MeasureRebuild(*stores);
    if (options_.again == "check") return MeasureCheck(*stores);
    if (options_.again == "appends") {
      WARDBOOK_RETURN_IF_ERROR(county_.Find(*stores));
      last_.events = county_.events();
      return MeasureAppends(*stores);
    }
    return absl::InvalidArgumentError("--again is rebuild, check or appends");
  }

  std::string Keys() const { return options_.home + "/keys"; }
  std::string Data() const { return options_.home + "/data"; }

  absl::StatusOr<std::unique_ptr<server::Stores>> Open(const std::string& data) const {
    WARDBOOK_ASSIGN_OR_RETURN(const server::KeyFiles keys, server::ReadKeyFiles(Keys()));
    return server::OpenStores(data, keys);
  }

  absl::Status GrowThroughStages() {
    std::ofstream plotted(options_.stages_file);
    plotted << "# events cases grown/s log_bytes bytes start_after_stop_s start_after_kill_s "
               "idle_own_bytes idle_bytes notes/s note_p50_s note_p99_s inbox_p50_s\n";
    for (const uint64_t events : options_.stages) {
      WARDBOOK_ASSIGN_OR_RETURN(Stage stage, RunStage(events));
      const auto seconds = [](absl::Duration d) { return absl::ToDoubleSeconds(d); };
      plotted << absl::StrFormat("%d %d %.0f %d %d %.3f %.3f %d %d %.0f %.6f %.6f %.6f\n",
                                 stage.events, stage.cases, stage.grown_per_second, stage.log_bytes,
                                 stage.all_bytes, seconds(stage.start_after_stop),
                                 seconds(stage.start_after_kill), stage.idle.own_bytes,
                                 stage.idle.bytes, stage.notes_per_second, seconds(stage.note_p50),
                                 seconds(stage.note_p99), seconds(stage.inbox_p50));
      plotted.flush();
      last_ = stage;
      rows_.Add({"AddNote, " + LogName() + ", 64 in flight",
                 stage.notes_per_second,
                 "notes/s",
                 {},
                 absl::StrFormat("p50 %.1f ms, p99 %.1f ms, %d schools; log %.0f MB, all %.0f MB",
                                 1e3 * seconds(stage.note_p50), 1e3 * seconds(stage.note_p99),
                                 options_.schools, static_cast<double>(stage.log_bytes) / kMega,
                                 static_cast<double>(stage.all_bytes) / kMega)});
    }
    return absl::OkStatus();
  }

  absl::StatusOr<Stage> RunStage(uint64_t events) {
    Stage stage;
    std::vector<SignedInHead> heads;
    {
      WARDBOOK_ASSIGN_OR_RETURN(const auto stores, Open(Data()));
      if (county_.events() == 0) {
        WARDBOOK_RETURN_IF_ERROR(county_.Register(*stores, options_.schools));
      }
      const absl::Time start = absl::Now();
      const uint64_t before = county_.events();
      WARDBOOK_RETURN_IF_ERROR(county_.Grow(*stores, events, options_.threads));
      stage.grown_per_second = static_cast<double>(county_.events() - before) /
                               absl::ToDoubleSeconds(absl::Now() - start);
      WARDBOOK_ASSIGN_OR_RETURN(heads, county_.SignIn(*stores, kSignedIn));
      // The server would build them beside its first calls.
      WARDBOOK_RETURN_IF_ERROR(BuildViews(*stores));
    }
    stage.events = county_.events();
    stage.cases = county_.cases();
    stage.log_bytes = FolderBytes(Data() + "/log");
    stage.all_bytes = FolderBytes(Data());
    ForgetCached(Data());
    WARDBOOK_ASSIGN_OR_RETURN(auto served, Served::Start(Places()));
    stage.start_after_stop = served->ready_after();
    WARDBOOK_ASSIGN_OR_RETURN(Load inboxes, served->ReadInboxes(heads));
    stage.inbox_p50 = inboxes.latencies.At(0.5);
    WARDBOOK_ASSIGN_OR_RETURN(
        Load notes, served->AddNotes(county_, heads, kInFlight, absl::Seconds(options_.seconds)));
    stage.notes_per_second = notes.per_second;
    stage.note_p50 = notes.latencies.At(0.5);
    stage.note_p99 = notes.latencies.At(0.99);
    absl::SleepFor(kIdle);
    stage.idle = served->resident();
    // What was written a moment ago is in no table yet.
    WARDBOOK_RETURN_IF_ERROR(served->AddNotes(county_, heads, kInFlight, kBeforeKill).status());
    served->Kill();
    ForgetCached(Data());
    WARDBOOK_ASSIGN_OR_RETURN(served, Served::Start(Places()));
    stage.start_after_kill = served->ready_after();
    served->Stop();
    return stage;
  }

  // As a server that has run since the beginning has them.
  absl::Status BuildViews(server::Stores& stores) {
    // Closed by the rebuild, which opens the folder itself.
    stores.views.reset();
    return RebuildViews(stores, Data() + "/views").status();
  }

  ServerPlaces Places() const { return {options_.server_program, Data(), Keys(), options_.home}; }

  absl::Status MeasureStores() {
    WARDBOOK_ASSIGN_OR_RETURN(const auto stores, Open(Data()));
    schools_ = county_.schools();
    WARDBOOK_RETURN_IF_ERROR(MeasureAppends(*stores));
    WaitForRest();
    WARDBOOK_RETURN_IF_ERROR(MeasureRebuild(*stores));
    WARDBOOK_RETURN_IF_ERROR(MeasureCheck(*stores));
    const auto seconds = [](absl::Duration d) { return absl::ToDoubleSeconds(d); };
    rows_.Add({"start, " + LogName(),
               std::max(seconds(last_.start_after_stop), seconds(last_.start_after_kill)), "s",
               AtMost(2),
               absl::StrFormat("%.2f after a stop, %.2f after a kill, files not cached",
                               seconds(last_.start_after_stop), seconds(last_.start_after_kill))});
    rows_.Add(
        {absl::StrCat("server that was busy, ", last_.cases, " cases"),
         static_cast<double>(last_.idle.bytes) / kMega, "MB resident", AtMost(200),
         absl::StrFormat("%.0f MB of its own", static_cast<double>(last_.idle.own_bytes) / kMega)});
    return absl::OkStatus();
  }

  std::string LogName() const { return absl::StrCat(last_.events, " events"); }

  absl::Status MeasureAppends(server::Stores& large) {
    // One that an earlier run has left has grown by its rounds.
    std::error_code error;
    fs::remove_all(options_.home + "/small", error);
    WARDBOOK_ASSIGN_OR_RETURN(const auto small, Open(options_.home + "/small"));
    WARDBOOK_RETURN_IF_ERROR(small_.Register(*small, options_.schools));
    WARDBOOK_RETURN_IF_ERROR(small_.Grow(*small, kSmallEvents, options_.threads));
    // What is compacted of years that were written in minutes is no part of an append.
    WaitForRest();
    std::vector<double> rates_small, rates_large, cpu_small, cpu_large;
    for (int round = 0; round < kRounds; ++round) {
      WARDBOOK_ASSIGN_OR_RETURN(auto notes_small,
                                small_.MakeNotes(*small->vault, options_.round_appends));
      WARDBOOK_ASSIGN_OR_RETURN(auto notes_large,
                                county_.MakeNotes(*large.vault, options_.round_appends));
      WARDBOOK_ASSIGN_OR_RETURN(const Work of_small,
                                AppendAll(*small->log, std::move(notes_small)));
      WARDBOOK_ASSIGN_OR_RETURN(const Work of_large, AppendAll(*large.log, std::move(notes_large)));
      rates_small.push_back(of_small.PerSecond());
      rates_large.push_back(of_large.PerSecond());
      cpu_small.push_back(of_small.PerCpuSecond());
      cpu_large.push_back(of_large.PerCpuSecond());
    }
    const double small_rate = Median(rates_small);
    const double large_rate = Median(rates_large);
    rows_.Add({"appends, " + LogName() + ", 64 in flight", large_rate / small_rate,
               "of 10,000 events", AtLeast(0.9),
               absl::StrFormat("%.0f/s and %.0f/s; per second of processor %.0f and %.0f",
                               large_rate, small_rate, Median(cpu_large), Median(cpu_small))});
    return absl::OkStatus();
  }

  absl::Status MeasureRebuild(server::Stores& stores) {
    const std::string folder = options_.home + "/rebuilt";
    WARDBOOK_ASSIGN_OR_RETURN(const Work scan, ScanAll(stores, schools_));
    WARDBOOK_ASSIGN_OR_RETURN(const Work rebuild, RebuildViews(stores, folder));
    fs::remove_all(folder);
    rows_.Add({"rebuild of all views, per core", rebuild.PerCpuSecond(), "events/s",
               AtLeast(250'000),
               absl::StrFormat("%.0f/s as the clock has it", rebuild.PerSecond())});
    rows_.Add(
        {"rebuild of all views, per core", rebuild.PerCpuSecond() / scan.PerCpuSecond(),
         "of a scan", AtLeast(0.5),
         absl::StrFormat("a scan that opens and parses: %.0f events/s", scan.PerCpuSecond())});
    return absl::OkStatus();
  }

  absl::Status MeasureCheck(server::Stores& stores) {
    WARDBOOK_ASSIGN_OR_RETURN(const Hashing hash, HashAll(stores, schools_));
    WARDBOOK_ASSIGN_OR_RETURN(const Work check, CheckAll(stores, schools_, Payloads::kClosed));
    WARDBOOK_ASSIGN_OR_RETURN(const Work opened, CheckAll(stores, schools_, Payloads::kOpened));
    const auto mega = [](const Work& work) { return work.BytesPerCpuSecond() / kMega; };
    rows_.Add({"full check, per core", mega(check) / mega(hash.stream), "of SHA-256", AtLeast(0.6),
               absl::StrFormat("%.0f MB/s and %.0f MB/s; hashing leaves and nodes alone %.0f MB/s; "
                               "with every payload opened %.0f MB/s; %.0f bytes a record",
                               mega(check), mega(hash.stream), mega(hash.tree), mega(opened),
                               static_cast<double>(hash.stream.bytes) /
                                   static_cast<double>(hash.stream.events))});
    return absl::OkStatus();
  }

  static double Median(std::vector<double> all) {
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::nth_element(all.begin(), middle, all.end());
    return *middle;
  }

  const Options options_;
  County county_;
  County small_;
  Rows rows_;
  std::vector<SchoolId> schools_;
  Stage last_;
};

int Main(int argc, char** argv) {
  Options options;
  CLI::App app("Measures the log at scale.");
  app.add_option("--home", options.home, "an empty folder on the disk to measure")->required();
  app.add_option("--wardbookd", options.server_program, "the server's program")->required();
  app.add_option("--stages", options.stages, "events at which a server is run")->delimiter(',');
  app.add_option("--schools", options.schools, "how many schools share the events");
  app.add_option("--seconds", options.seconds, "how long notes are added at each stage");
  app.add_option("--round", options.round_appends, "appends of a round");
  app.add_option(
      "--again", options.again,
      "rebuild, check or appends: measure that alone, of a home that an earlier run has left");
  app.add_option("--rows", options.rows_file, "the file that rows are added to")->required();
  app.add_option("--stages-file", options.stages_file, "where the stages are written");
  CLI11_PARSE(app, argc, argv);
  if (options.stages_file.empty()) options.stages_file = options.home + "/stages.txt";
  // As wardbookd does.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  std::error_code error;
  fs::create_directories(options.home, error);
  const absl::Status status = StoreBench(std::move(options)).Run();
  if (status.ok()) return 0;
  std::fprintf(stderr, "bench_store: %s\n", status.ToString().c_str());
  return 1;
}

}  // namespace
}  // namespace wardbook::bench

int main(int argc, char** argv) { return wardbook::bench::Main(argc, argv); }
