#pragma once
// Documents of the ledger as the checks read them. Inside of office/ only.

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "check/checker.h"
#include "office/draft.h"
#include "store/documents.h"
#include "store/findings.h"
#include "store/sql.h"

namespace zg {

struct Paper {
  DocId id;                  // none: a draft, or answers of a period
  std::string period, unit;  // of answers; empty: none
  RoundId round;
  std::string title;
  Document document;
  Draft draft;
  std::map<std::string, TaskId> tasks;                    // by path
  std::map<std::string, std::vector<UnitId>> units;       // responsible ones, by path
  std::map<std::string, std::vector<std::string>> names;  // of them, by path
  std::vector<std::string> issuers;
};

// The papers of one run, and the inputs that point into them.
class Papers {
 public:
  // Nothing where the document is not there.
  void Add(store::Session& session, DocId id);
  void Add(Paper paper);
  std::vector<CheckInput> Inputs() const;
  const Paper& at(size_t input) const { return papers_[input]; }
  size_t size() const { return papers_.size(); }

 private:
  std::deque<Paper> papers_;
};

// As kept: body without what depends on marks.
store::FindingRow FindingRowOf(const Papers& papers, const CheckFinding& finding);
store::RelationRow RelationRowOf(const Papers& papers, const CheckRelation& relation);
nlohmann::json FindingBody(const Papers& papers, const CheckFinding& finding);
nlohmann::json RelationBody(const Papers& papers, const CheckRelation& relation);

}  // namespace zg
