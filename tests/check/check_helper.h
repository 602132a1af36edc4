#pragma once
// Made-up texts for the rules, and what the rules say of them.

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include "check/checker.h"
#include "extract/extractor.h"
#include "extract/vocabulary.h"

namespace zg {

inline Document PlainDocument(const std::string& utf8) {
  Document d;
  d.format = "txt";
  d.text = ToUtf32(utf8);
  if (d.text.empty() || d.text.back() != U'\n') d.text += U'\n';
  uint32_t begin = 0;
  int line = 1;
  for (uint32_t i = 0; i < d.text.size(); ++i) {
    if (d.text[i] != U'\n') continue;
    if (!Trim(std::u32string_view(d.text).substr(begin, i - begin)).empty()) {
      Block b;
      b.span = {begin, i};
      b.place.paragraph = line;
      d.blocks.push_back(b);
    }
    begin = i + 1;
    ++line;
  }
  return d;
}

// Documents that live as long as the inputs that point at them.
class Papers {
 public:
  // A text without tasks.
  CheckInput& Text(const std::string& text) { return Add(text, nullptr); }
  // A document that the extractor reads.
  CheckInput& Read(const std::string& text) {
    static const auto vocabulary = Vocabulary::Builtin().value();
    drafts_.push_back(Extract(PlainDocument(text), *vocabulary));
    return Add(text, &drafts_.back());
  }
  CheckResult Check() const { return zg::Check(inputs_); }
  const std::vector<CheckInput>& inputs() const { return inputs_; }
  const Draft& draft(size_t i) const { return drafts_[i]; }

 private:
  CheckInput& Add(const std::string& text, const Draft* draft) {
    documents_.push_back(PlainDocument(text));
    CheckInput in;
    in.file = "文件" + std::to_string(inputs_.size() + 1);
    in.document = &documents_.back();
    in.draft = draft;
    inputs_.push_back(in);
    return inputs_.back();
  }
  std::deque<Document> documents_;
  std::deque<Draft> drafts_;
  std::vector<CheckInput> inputs_;
};

inline CheckResult CheckText(const std::string& text) {
  Papers p;
  p.Text(text);
  return p.Check();
}

// One task of a progress report in the layout “问题 / 整改时限 / 整改进展情况 / 1. 2. 3.”.
struct TaskText {
  std::string problem;
  std::string deadline = "2024年底前";
  std::string state = "已完成";
  std::vector<std::string> progress;
};

inline const char* Ordinal(size_t i) {
  static const char* const kOrdinals[] = {"一", "二", "三", "四", "五",   "六",
                                          "七", "八", "九", "十", "十一", "十二"};
  return kOrdinals[i];
}

inline std::string ReportText(
    const std::vector<TaskText>& tasks,
    const std::string& title = "云岭市贯彻落实省生态环境保护督察报告具体问题整改进展情况") {
  std::string out = title + "\n\n";
  for (size_t i = 0; i < tasks.size(); ++i) {
    const TaskText& t = tasks[i];
    out += std::string(Ordinal(i)) + "、" + t.problem + "\n整改时限：" + t.deadline + "\n整改进展情况：" +
           t.state + "\n";
    for (size_t k = 0; k < t.progress.size(); ++k) {
      out += (t.progress.size() > 1 ? std::to_string(k + 1) + "." : std::string()) + t.progress[k] + "\n";
    }
  }
  return out;
}

inline CheckResult CheckReport(const std::vector<TaskText>& tasks) {
  Papers p;
  p.Read(ReportText(tasks));
  return p.Check();
}

inline std::vector<CheckFinding> Found(const CheckResult& r, CheckKind kind) {
  std::vector<CheckFinding> out;
  for (const auto& f : r.findings) {
    if (f.kind == kind) out.push_back(f);
  }
  return out;
}

inline bool Confirmed(const CheckResult& r, const std::string& expression) {
  for (const auto& c : r.confirmed) {
    if (c.expression == expression) return true;
  }
  return false;
}

// Everything a result says, for the message of a failed expectation.
inline std::string Say(const CheckResult& r) {
  std::string out;
  for (const auto& f : r.findings) {
    out += std::string(SeverityName(f.severity)) + " " + std::string(CheckKindName(f.kind)) + " " +
           f.message + "\n";
  }
  for (const auto& c : r.confirmed) out += "ok " + c.expression + "\n";
  return out;
}

// “Holds”: the relation is confirmed and nothing of that kind is found. “Breaks”: the other way round.
inline void ExpectHolds(const CheckResult& r, CheckKind kind, const std::string& expression) {
  EXPECT_TRUE(Confirmed(r, expression)) << expression << "\n" << Say(r);
  EXPECT_TRUE(Found(r, kind).empty()) << Say(r);
}
inline void ExpectBreaks(const CheckResult& r, CheckKind kind, Severity severity,
                         const std::string& expression) {
  for (const auto& f : Found(r, kind)) {
    if (f.expression == expression && f.severity == severity) return;
  }
  ADD_FAILURE() << "not found: " << expression << "\n" << Say(r);
}
// “Not applicable”: neither found nor confirmed.
inline void ExpectNothing(const CheckResult& r, CheckKind kind) {
  EXPECT_TRUE(Found(r, kind).empty()) << Say(r);
  for (const auto& c : r.confirmed) EXPECT_NE(c.kind, kind) << Say(r);
}

}  // namespace zg
