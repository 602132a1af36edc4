// Dates: days that do not exist, tasks past their deadline, measures due after it, steps dated after the
// report.

#include <fmt/format.h>

#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

CheckPlace EntryPlace(const Subject& s, const Entry& e, const std::string& quote, Span span) {
  return {s.index, s.input->file, e.path, quote, span};
}

void Overdue(const Subject& s, const Entry& e, CheckSink& sink) {
  bool open =
      e.status && (e.status->kind == StatusKind::kInProgress || e.status->kind == StatusKind::kNotStarted);
  bool dated = e.deadline && e.deadline->date && !e.deadline->ambiguous;
  if (!e.is_task || !open || !dated || !s.as_of || *e.deadline->date >= *s.as_of) return;
  CheckFinding f;
  f.kind = CheckKind::kOverdue;
  f.severity = Severity::kError;
  Span span = e.deadline->span.empty() ? e.status->span : e.deadline->span;
  f.place = EntryPlace(s, e, e.deadline->span.empty() ? e.status->text : e.deadline->text, span);
  f.stated = e.deadline->date->Iso();
  f.computed = s.as_of->Iso();
  f.expression = fmt::format("{} < {}", f.stated, f.computed);
  f.message =
      fmt::format("{}整改时限为{}，到{}已超过{}天，进展仍写为“{}”，请说明未按期完成的原因和新的完成时间。",
                  Where(f.place), e.deadline->date->Chinese(), s.as_of->Chinese(),
                  s.as_of->days() - e.deadline->date->days(), e.status->text);
  if (!e.status->span.empty()) f.related = {EntryPlace(s, e, e.status->text, e.status->span)};
  sink.Find(std::move(f));
}

void LateMeasures(const Subject& s, const Entry& e, CheckSink& sink) {
  if (!e.deadline || !e.deadline->date || e.deadline->ambiguous) return;
  for (const Measure& m : e.measures) {
    for (const DatedText& due : m.due) {
      if (due.date <= *e.deadline->date || due.span.empty()) continue;
      CheckFinding f;
      f.kind = CheckKind::kDateOrder;
      f.severity = Severity::kError;
      f.place = EntryPlace(s, e, due.text, due.span);
      f.stated = due.date.Iso();
      f.computed = e.deadline->date->Iso();
      f.expression = fmt::format("{} > {}", f.stated, f.computed);
      f.message =
          fmt::format("{}的措施写明“{}”完成，晚于该项任务的整改时限“{}”{}天，请核实哪个日期有误。",
                      Where(f.place), due.text, e.deadline->text, due.date.days() - e.deadline->date->days());
      f.related = {EntryPlace(s, e, e.deadline->text, e.deadline->span)};
      sink.Find(std::move(f));
    }
  }
}

void Impossible(const Subject& s, const DateMark& d, CheckSink& sink) {
  CheckFinding f;
  f.kind = CheckKind::kDateOrder;
  f.severity = Severity::kError;
  f.place = s.Place(d.begin, d.end);
  f.stated = f.place.quote;
  f.message =
      fmt::format("{}写有“{}”，这一天并不存在，请核对原文后更正日期。", Where(f.place), f.place.quote);
  sink.Find(std::move(f));
}

// 已于2024年10月完成, in a report that stands at an earlier day.
void AfterReport(const Subject& s, const DateMark& d, CheckSink& sink) {
  if (!s.as_of || !d.first || *d.first <= *s.as_of || d.before || d.end_of || !d.year) return;
  uint32_t begin = s.ClauseBegin(d.begin), end = s.ClauseEnd(d.end);
  auto before = s.Cut(begin, d.begin);
  bool happened = false;
  for (size_t i = 0; i < before.size(); ++i)
    happened = happened || s.words->happened_words.Has(before.substr(i));
  if (!happened || HasWord(s.words->planned_words, before) ||
      s.words->planned_words.Longest(s.Cut(d.end, end)))
    return;
  CheckFinding f;
  f.kind = CheckKind::kDateOrder;
  f.severity = Severity::kWarning;
  f.place = s.Place(begin, end);
  f.stated = d.first->Iso();
  f.computed = s.as_of->Iso();
  f.expression = fmt::format("{} > {}", f.stated, f.computed);
  f.message = fmt::format("{}{}写的是已经发生的事，日期却晚于本报告的时间{}，请核实日期。", Where(f.place),
                          Quoted(f.place), s.as_of->Chinese());
  f.related = {s.Place(d.begin, d.end)};
  sink.Find(std::move(f));
}

}  // namespace

void CheckDates(const Subject& subject, CheckSink& sink) {
  for (const DateMark& d : subject.dates) {
    if (d.impossible) {
      Impossible(subject, d, sink);
    } else {
      AfterReport(subject, d, sink);
    }
  }
  if (!subject.draft()) return;
  for (const Entry& e : subject.draft()->entries) {
    Overdue(subject, e, sink);
    LateMeasures(subject, e, sink);
  }
}

}  // namespace zg::check
