#include "storage/bundle/bundle_page.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/bundle/event_html.h"
#include "storage/bundle/sample_case_for_test.h"
#include "storage/crypto/sha256.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::bundle {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string PageOf(const SampleCaseForTest& sample, BundleContent content) {
  return ReadEntries(sample.Write(std::move(content))).at("index.html");
}

TEST(BundlePage, ShowsTheWholeCaseInPlainWords) {
  const SampleCaseForTest sample;
  const std::string page = PageOf(sample, sample.Content());
  for (const std::string& text : {
           std::string("Case WB-7K4D-9QX2"),
           std::string("Fernhill Primary School"),
           std::string("1. Incident reported"),
           std::string("<dt>Kind</dt><dd>Cyber-bullying</dd>"),
           std::string("<dt>When it happened</dt><dd>1 March 2025, 11:10 pm (an estimate)</dd>"),
           std::string("Robin Larkspur"),
           std::string("<dt>As</dt><dd>Target</dd>"),
           std::string("2. Evidence filed"),
           std::string("<dt>Size</dt><dd>3,008 bytes</dd>"),
           std::string("3. Note added"),
           std::string("The parents were told."),
           std::string("The time of the second screen print."),
           std::string("The names of two witnesses."),
           std::string("6. Case closed"),
           // Not stored because it is false, and still said.
           std::string("<dt>Reporter&#39;s wishes followed</dt><dd>No</dd>"),
           std::string("3 March 2025, 10:00:00 am UTC, by <bdi>Ada Quill</bdi>"),
           absl::StrCat("<a href=\"", sample.picture_path(), "\">"),
           absl::StrCat("<a href=\"", sample.chat_path(), "\">"),
       }) {
    EXPECT_THAT(page, HasSubstr(text));
  }
  EXPECT_THAT(page, Not(HasSubstr("<span class=\"withheld\">[withheld]</span></dd>")));
}

TEST(BundlePage, WhatPeopleWroteIsTextAndNothingElse) {
  SampleCaseForTest hostile;
  events::v1::NoteAdded note;
  note.set_text(
      "</bdi></dd><script>alert('x')</script><a href=\"https://x.example\">\x01\x7f&amp;");
  hostile.Record(note, StreamOfCase(SampleCaseForTest::kCaseRef));
  BundleContent content = hostile.Content();
  content.school_name = "<img src=x onerror=alert(1)>";
  content.names[hostile.reporter()] = "\"><script>";
  const std::string page = PageOf(hostile, std::move(content));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("href=\"http")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
  EXPECT_THAT(page, HasSubstr("\xef\xbf\xbd\xef\xbf\xbd&amp;amp;"));
  EXPECT_THAT(page, HasSubstr("They wrote &lt;b&gt;&quot;nobody likes you&quot;&lt;/b&gt; &amp;"));
}

TEST(BundlePage, LoadsAndRunsNothing) {
  const SampleCaseForTest sample;
  const std::string page = PageOf(sample, sample.Content());
  const size_t style = page.find("<style>") + 7;
  const std::string style_hash =
      absl::Base64Escape(crypto::Sha256(page.substr(style, page.find("</style>") - style)).view());
  EXPECT_THAT(page, HasSubstr(absl::StrCat("content=\"default-src 'none'; style-src 'sha256-",
                                           style_hash, "'")));
  for (const char* forbidden : {"<script", "<link", "<img", "<iframe",
                                " src=", " style=", "javascript:", "url(", "@import"}) {
    EXPECT_THAT(page, Not(HasSubstr(forbidden)));
  }
}

TEST(BundlePage, MarksEachFieldThatIsWithheld) {
  const SampleCaseForTest sample;
  const std::string page = PageOf(sample, sample.Content([](absl::string_view type, int number) {
    return type != "wardbook.events.v1.IncidentReported" || number != 5;  // The parties.
  }));
  EXPECT_THAT(page, AllOf(HasSubstr("They wrote"), Not(HasSubstr("Robin Larkspur"))));
  size_t marks = 0;
  const std::string mark = "<dt>A field</dt><dd><span class=\"withheld\">[withheld]</span></dd>";
  for (size_t at = page.find(mark); at != std::string::npos; at = page.find(mark, at + 1)) ++marks;
  EXPECT_EQ(marks, 2u);
}

TEST(BundlePage, FileThatIsNotInTheBundleIsNotLinked) {
  const SampleCaseForTest sample;
  std::string bundle;
  ASSERT_OK_AND_ASSIGN(
      const std::unique_ptr<BundleWriter> writer,
      BundleWriter::Create(sample.signer(), sample.Content(), [&](absl::string_view bytes) {
        absl::StrAppend(&bundle, bytes);
        return absl::OkStatus();
      }));
  ASSERT_OK(writer->Finish());
  const std::string page = ReadEntries(bundle).at("index.html");
  EXPECT_THAT(page, HasSubstr(sample.picture().Hex() + "</code> (not in this bundle)"));
  EXPECT_THAT(page, Not(HasSubstr("<a href")));
}

TEST(BundlePage, PersonWithoutANameIsShownByTheirId) {
  const SampleCaseForTest sample;
  BundleContent content = sample.Content();
  content.names.clear();
  EXPECT_THAT(PageOf(sample, std::move(content)),
              HasSubstr(absl::StrCat("by person <code>", sample.reporter().Hex(), "</code>")));
}

TEST(BundlePage, TimesAreThoseOfTheSchoolsClock) {
  SampleCaseForTest sample;
  BundleContent content = sample.Content();
  content.time_zone = absl::FixedTimeZone(60 * 60);
  EXPECT_THAT(PageOf(sample, std::move(content)), HasSubstr("3 March 2025, 11:00:00 am"));
}

TEST(BundleReadme, SaysHowToCheckTheBundle) {
  const std::string readme = BundleReadme("WB-7K4D-9QX2", "wardbook.example", "0011 2233");
  EXPECT_THAT(readme, AllOf(HasSubstr("WB-7K4D-9QX2"), HasSubstr("wardbook verify FILE"),
                            HasSubstr("wardbook.example"), HasSubstr("0011 2233")));
}

}  // namespace
}  // namespace wardbook::bundle
