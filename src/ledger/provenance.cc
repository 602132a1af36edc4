#include "ledger/provenance.h"

#include <fmt/format.h>

#include <algorithm>

namespace zg {
namespace {

constexpr size_t kNoise = 24;

// Walks an entry's values and keeps those that fail.
class Prover {
 public:
  Prover(std::string path, std::u32string_view text, const std::set<std::string>& corrected)
      : path_(std::move(path)), text_(text), corrected_(corrected) {}

  void Words(const std::string& field, const std::string& value, Span span) {
    if (value.empty() || Waived(field)) return;
    ++checked_;
    if (!StandsIn(value, span, text_)) Break(field, value, span);
  }
  // The span must be inside the text and hold something, the words may be put differently.
  void Place(const std::string& field, const std::string& value, Span span) {
    if (value.empty() || Waived(field)) return;
    ++checked_;
    if (span.empty() || span.end > text_.size()) Break(field, value, span);
  }
  void Units(const std::string& field, const std::vector<UnitRef>& units) {
    for (const auto& unit : units) Words(field, unit.written.empty() ? unit.name : unit.written, unit.span);
  }
  void Dated(const std::string& field, const std::vector<DatedText>& dates) {
    for (const auto& d : dates) Words(field, d.text, d.span);
  }

  std::vector<SpanBreak> Take(int64_t* checked) {
    if (checked) *checked += checked_;
    return std::move(breaks_);
  }

 private:
  // measures[2].due is waived by itself and by measures[2].
  bool Waived(const std::string& field) const {
    if (corrected_.empty()) return false;
    return corrected_.count(field) > 0 || corrected_.count(field.substr(0, field.find('.'))) > 0 ||
           corrected_.count(field.substr(0, field.find('['))) > 0;
  }
  void Break(const std::string& field, const std::string& value, Span span) {
    breaks_.push_back({path_, field, value, span});
  }

  std::string path_;
  std::u32string_view text_;
  const std::set<std::string>& corrected_;
  std::vector<SpanBreak> breaks_;
  int64_t checked_ = 0;
};

void CheckMeasure(Prover& prover, const Measure& measure, size_t index) {
  std::string name = fmt::format("measures[{}]", index);
  prover.Words(name + ".text", measure.text, measure.span);
  prover.Dated(name + ".due", measure.due);
  prover.Place(name + ".lead", measure.lead, measure.lead_span);
  prover.Units(name + ".acceptance", measure.acceptance);
}

}  // namespace

bool StandsIn(std::string_view value, Span span, std::u32string_view text) {
  if (span.empty() || span.end > text.size()) return false;
  std::u32string want = Squeeze(ToUtf32(value));
  std::u32string have = Squeeze(Slice(text, span));
  if (want == have) return !want.empty();
  size_t at = 0;
  for (char32_t c : want) {
    while (at < have.size() && have[at] != c) ++at;
    if (at == have.size()) return false;
    ++at;
  }
  size_t left_over = have.size() - want.size();
  return !want.empty() && left_over <= std::max(have.size() / 10, std::min(kNoise, want.size() - 1));
}

std::vector<SpanBreak> CheckSpans(const Entry& entry, std::u32string_view text,
                                  const std::set<std::string>& corrected, int64_t* checked) {
  Prover prover(entry.path, text, corrected);
  prover.Words("label", entry.label, entry.label_span);
  prover.Words("problem", entry.problem.text, entry.problem.span);
  prover.Words("goal", entry.goal.text, entry.goal.span);
  prover.Units("responsible", entry.responsible);
  prover.Units("acceptance", entry.acceptance);
  if (entry.deadline) {
    prover.Words("deadline", entry.deadline->text, entry.deadline->span);
    prover.Dated("deadline", entry.deadline->milestones);
  }
  if (entry.status) prover.Words("status", entry.status->text, entry.status->span);
  for (size_t i = 0; i < entry.measures.size(); ++i) CheckMeasure(prover, entry.measures[i], i);
  for (size_t i = 0; i < entry.progress.size(); ++i) {
    prover.Words(fmt::format("progress[{}].text", i), entry.progress[i].text, entry.progress[i].span);
  }
  for (const auto& target : entry.targets) prover.Place("targets", target.quantity, target.span);
  if (entry.upstream_ordinal) {
    prover.Place("upstream_ordinal", std::to_string(*entry.upstream_ordinal), entry.upstream_span);
  }
  return prover.Take(checked);
}

std::vector<SpanBreak> CheckDocumentSpans(const Draft& draft, std::u32string_view text,
                                          const std::set<std::string>& corrected, int64_t* checked) {
  Prover prover("", text, corrected);
  prover.Words("title", draft.title, draft.title_span);
  for (size_t i = 0; i < draft.issuer.size() && i < draft.issuer_spans.size(); ++i) {
    prover.Place("issuer", draft.issuer[i], draft.issuer_spans[i]);
  }
  if (draft.date) prover.Place("date", draft.date->Iso(), draft.date_span);
  return prover.Take(checked);
}

std::string Describe(const SpanBreak& broken) {
  std::string where = broken.path.empty() ? "文件" : "任务" + broken.path;
  std::u32string words = ToUtf32(broken.value);
  bool cut = words.size() > 30;
  return fmt::format("{}的{}“{}{}”在原文第{}至{}字处找不到。请核对原文，或手工更正后再入账。", where,
                     broken.field, ToUtf8(words.substr(0, 30)), cut ? "…" : "", broken.span.begin,
                     broken.span.end);
}

}  // namespace zg
