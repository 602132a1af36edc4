// A task called done whose progress names papers and meetings only: no figure, no day, no work, no
// acceptance.

#include <fmt/format.h>

#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

struct Told {
  uint32_t begin = UINT32_MAX;  // of the progress, in Reading::text
  uint32_t end = 0;
  uint32_t size = 0;
  bool paper = false;
  bool result = false;
};

// Without the titles of documents, which speak of work that is not done yet.
std::u32string Plain(const Subject& s, const Section& section) {
  std::u32string out;
  for (uint32_t i = section.begin; i < section.end; ++i) {
    if (!s.reading.title[i]) out += s.reading.text[i];
  }
  return out;
}

void Look(const Subject& s, const Section& section, Told& told) {
  told.begin = std::min(told.begin, section.begin);
  told.end = std::max(told.end, section.end);
  told.size += section.end - section.begin;
  std::u32string text = Plain(s, section);
  told.paper = told.paper || HasWord(s.words->paper, text);
  told.result = told.result || HasWord(s.words->work, text);
  size_t q = s.QuantityFrom(section.begin);
  told.result = told.result || (q < s.quantities.size() && s.quantities[q].digits < section.end);
  size_t d = s.DateFrom(section.begin);
  told.result = told.result || (d < s.dates.size() && s.dates[d].begin < section.end);
}

}  // namespace

void CheckNoResult(const Subject& s, CheckSink& sink) {
  if (!s.draft()) return;
  std::vector<Told> told(s.draft()->entries.size());
  for (const Section& section : s.reading.sections) {
    if (section.part == Part::kProgress) Look(s, section, told[size_t(section.entry)]);
  }
  for (size_t e = 0; e < told.size(); ++e) {
    const Entry& entry = s.entry(int(e));
    const Told& t = told[e];
    bool done = entry.is_task && entry.status && entry.status->kind == StatusKind::kCompleted;
    if (!done || !t.paper || t.result || t.size < 20) continue;
    CheckFinding f;
    f.kind = CheckKind::kNoResult;
    f.severity = Severity::kWarning;
    f.place = s.Place(t.begin, t.end);
    f.stated = entry.status->text;
    f.message = fmt::format(
        "{}标明“{}”，但进展{}"
        "只写了文件、会议和部署，没有数据、日期、工程或验收情况，请补充能够证明完成的内容。",
        Where(f.place), entry.status->text, Quoted(f.place, 40));
    if (!entry.status->span.empty()) {
      f.related = {{s.index, s.input->file, entry.path, entry.status->text, entry.status->span}};
    }
    sink.Find(std::move(f));
  }
}

}  // namespace zg::check
