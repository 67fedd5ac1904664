#include "storage/bundle/bundle_page.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/bundle/event_html.h"
#include "storage/bundle/event_words.h"
#include "storage/bundle/written_time.h"
#include "storage/crypto/sha256.h"

namespace wardbook::bundle {
namespace {

constexpr absl::string_view kStyle = R"(
body { font: 1rem/1.5 Arial, Helvetica, sans-serif; color: #0b0c0c; background: #fff;
  max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; }
a { color: #1d70b8; }
code { font-size: .875rem; overflow-wrap: anywhere; }
ol.timeline { list-style: none; padding: 0 0 0 1.5rem; border-left: 4px solid #1d70b8; }
ol.timeline > li { margin: 0 0 2rem; break-inside: avoid-page; }
ol.timeline h3 { margin: 0; }
p.meta { margin: 0 0 .5rem; color: #505a5f; }
dl { margin: 0; }
dl > div { display: grid; grid-template-columns: 12rem 1fr; gap: 1rem; padding: .25rem 0;
  border-bottom: 1px solid #b1b4b6; }
dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; }
dd dl > div { grid-template-columns: 9rem 1fr; }
.text { white-space: pre-wrap; }
.withheld { background: #0b0c0c; color: #fff; padding: 0 .5rem; }
.aside { border-left: 4px solid #b1b4b6; padding: 0 1rem; }
@media (max-width: 40rem) { dl > div, dd dl > div { grid-template-columns: 1fr; gap: 0; } }
@media print { body { margin: 0; max-width: none; font-size: 10pt; }
  a { color: inherit; } .withheld { border: 1px solid #0b0c0c; color: #0b0c0c; background: #fff; } }
)";

// Names the one style sheet by its hash and forbids everything else.
std::string ContentSecurityPolicy() {
  const std::string hash = absl::Base64Escape(crypto::Sha256(kStyle).view());
  return absl::StrCat("default-src 'none'; style-src 'sha256-", hash,
                      "'; base-uri 'none'; form-action 'none'");
}

void AppendFact(absl::string_view label, absl::string_view html, std::string* out) {
  absl::StrAppend(out, "<div><dt>", label, "</dt><dd>", html, "</dd></div>\n");
}

void AppendFacts(const PageContent& content, std::string* out) {
  absl::StrAppend(out, "<dl>\n");
  AppendFact("Case", EscapeHtml(content.case_ref), out);
  if (!content.school_name.empty()) {
    AppendFact("School", absl::StrCat("<bdi>", EscapeHtml(content.school_name), "</bdi>"), out);
  }
  AppendFact("Exported", EscapeHtml(WrittenSecond(content.exported_time, content.time_zone)), out);
  AppendFact("Entries", absl::StrCat(content.records.size()), out);
  AppendFact("Log",
             absl::StrCat("<code>", EscapeHtml(content.origin), "</code>, ",
                          content.checkpoint_size, " records when exported"),
             out);
  AppendFact("Signed by",
             absl::StrCat("<code>", EscapeHtml(content.key_name), "</code>, fingerprint <code>",
                          EscapeHtml(content.key_fingerprint), "</code>"),
             out);
  absl::StrAppend(out, "</dl>\n");
}

constexpr absl::string_view kAboutTheProof = R"(<section class="aside">
<h2>What this page is, and what can be proved</h2>
<p>This page is for reading. On its own it proves nothing: a page can be retyped. The file that it
came in can be checked by anybody, without the school's help, with the command
<code>wardbook verify</code> and the name of the file.</p>
<p>The check proves that every entry here is as the server recorded it and that none was changed,
taken out, put in between or reordered, and that each file is byte for byte what was filed.</p>
<p>It cannot prove that what an entry says is true, that nothing was left out before it was entered,
that there is no later entry, or the times, which are the server's claim. And it is worth as much as
the key: compare the fingerprint above with one that you have from another source.</p>
<p>What is marked <span class="withheld">[withheld]</span> was left out of this copy on purpose. It
is still in the log, and the rest can be checked without it.</p>
</section>
)";

}  // namespace

std::string BundlePage(const PageContent& content) {
  const EventNames names = {content.names, content.evidence_paths};
  std::string page = absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"",
      ContentSecurityPolicy(),
      "\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Case ",
      EscapeHtml(content.case_ref), "</title>\n<style>", kStyle,
      "</style>\n</head>\n<body>\n<main>\n<h1>Case ", EscapeHtml(content.case_ref), "</h1>\n");
  AppendFacts(content, &page);
  absl::StrAppend(&page, kAboutTheProof, "<h2>Entries</h2>\n<ol class=\"timeline\">\n");
  for (const ExaminedRecord& record : content.records) {
    absl::StrAppend(
        &page, "<li id=\"revision-", record.revision, "\">\n<h3>", record.revision, ". ",
        EscapeHtml(EventTitle(record.header.event_type)), "</h3>\n<p class=\"meta\">",
        EscapeHtml(WrittenSecond(record.header.recorded_time, content.time_zone)), ", by ",
        PersonHtml(record.header.actor, content.names), ". Record ", record.position,
        " of the log.</p>\n", EventHtml(record.event, names), "</li>\n");
  }
  absl::StrAppend(&page, "</ol>\n</main>\n</body>\n</html>\n");
  return page;
}

std::string BundleReadme(absl::string_view case_ref, absl::string_view key_name,
                         absl::string_view key_fingerprint) {
  return absl::StrCat("Case ", case_ref, R"(

This file holds one case of a school's safeguarding record, with the files in
evidence and the proof that nothing in it was changed. It contains personal
data: keep it as you would keep the case itself.

To read it, unpack it and open index.html in a browser. It needs no network.

To check it, do not unpack it, and run

    wardbook verify FILE

with the name of this zip file. That needs no server, no account and no network.
It also asks whose key signed it; this one says that it is

    )",
                      key_name, "\n    ", key_fingerprint, R"(

Compare that with the fingerprint that you have from another source, such as the
minutes of the governors, and give the key to the check:

    wardbook verify --key KEY FILE

What is in it:

    index.html   the case, for reading
    evidence/    the files in evidence, byte for byte as they were filed
    records.pb   the entries of the case as the server stores them, with proofs
    checkpoint   the signed state of the school's log, to which the proofs lead
    manifest     the signed list of all of these with their SHA-256
)");
}

}  // namespace wardbook::bundle
