#include "office/report_proof.h"

#include <sstream>

#include "base/digest.h"
#include "office/report_content.h"

namespace zg {
namespace {

using nlohmann::json;

std::string DigestOf(const json& canonical) {
  return Sm3Hex(canonical.dump(-1, ' ', false, json::error_handler_t::replace));
}

// Whose it is, where it stands, what the office said: a draft leaves all of it alone.
std::string FixedDigest(const DispatchReport& r) {
  bool owed = IsOwed(r.status) && r.status != ReportStatus::kReturned;
  return DigestOf({{"id", r.id.value},
                   {"period", r.period.value},
                   {"unit", r.unit.value},
                   {"task", r.task.value},
                   {"status", owed ? "draft" : ReportStatusName(r.status)},
                   {"remark", r.remark},
                   {"submitted_at", r.submitted_at},
                   {"decided_by", r.decided_by},
                   {"decided_at", r.decided_at}});
}

}  // namespace

std::string ReportDigest(const DispatchReport& r) {
  return DigestOf({{"content", ContentJson(r.content)},
                   {"still", r.still},
                   {"revision", r.revision},
                   {"updated_by", r.updated_by},
                   {"updated_at", r.updated_at}});
}

std::string ProofLine(const DispatchReport& r) {
  return "report " + std::to_string(r.id.value) + " " + std::to_string(r.revision) + " " + FixedDigest(r) +
         " " + ReportDigest(r) + "\n";
}

std::optional<ReportSeal> ReadReportSeal(std::string_view proof) {
  size_t at = ("\n" + std::string(proof)).find("\nreport ");
  if (at == std::string::npos) return std::nullopt;
  std::istringstream words{std::string(proof.substr(at, proof.find('\n', at) - at))};
  std::string name;
  ReportSeal seal;
  if (words >> name >> seal.id.value >> seal.revision >> seal.fixed >> seal.content) return seal;
  return std::nullopt;
}

bool Holds(const ReportSeal& seal, bool locked, const DispatchReport& r) {
  if (FixedDigest(r) != seal.fixed || ReportDigest(r) != r.digest) return false;
  if (r.revision == seal.revision) return r.digest == seal.content;
  return !locked && r.revision > seal.revision;
}

std::string ProofLine(const Period& p, const std::string& rounds) {
  return "period " + std::to_string(p.id.value) + " " +
         DigestOf({{"id", p.id.value},
                   {"code", p.code},
                   {"begin", p.begin.Iso()},
                   {"end", p.end.Iso()},
                   {"due", p.due.Iso()},
                   {"closed", p.closed},
                   {"rounds", rounds},
                   {"opened_by", p.opened_by},
                   {"opened_at", p.opened_at}}) +
         "\n";
}

}  // namespace zg
