#pragma once
// What the office hands out (公文): kinds, previews with what the checks say of them, files, letters'
// templates.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "office/actor.h"
#include "office/exports.h"

namespace zg {

struct OfficeCore;

struct PaperRequest {
  std::string kind;
  DocId document;
  UnitId unit;
  PeriodId period;
  std::vector<TaskId> tasks;
  std::optional<Date> date;  // of the paper; none: today
  // Written by hand; all may be empty.
  std::string issuer, mark, number, signer, copies, printed_by;
  std::string contact, phone, place, time;
  std::optional<Date> reply_by;
};

// Thread-safe. Everybody gets what their scope holds; letters and circulars are the office's alone
// (kForbidden: paper.not_yours). kInvalid: paper.kind (with its neighbour), paper.needs (`where`: the member
// that is missing), paper.number; kNotFound: document.not_found, unit.not_found, period.not_found,
// task.not_found; kConflict: paper.nothing (no task to tell of).
class Issuing {
 public:
  explicit Issuing(OfficeCore& core) : core_(core) {}
  // {items: [{id, title, needs, about, formats}]}: those the actor may hand out.
  nlohmann::json Kinds(const Actor& actor) const;
  // {paper, findings, things}: as it would be handed out now.
  Result<nlohmann::json> Preview(const PaperRequest& request, const Actor& actor) const;
  // The same as pictures of its pages: see page_pictures.h.
  Result<nlohmann::json> Pages(const PaperRequest& request, const Actor& actor) const;
  // `format`: "docx", "pdf", "xlsx". One event paper.issued. kUnavailable (document.program_missing) where
  // there is no LibreOffice for PDF.
  Result<ExportedFile> Write(const PaperRequest& request, const std::string& format, const Actor& actor);

  // {kind, title, builtin, versions, fields} of a kind's template; template.kind.
  Result<nlohmann::json> Template(const std::string& kind) const;
  // The one in use (version 0), or one that was; as a Word document.
  Result<ExportedFile> TemplateFile(const std::string& kind, int64_t version) const;
  // That one filled with the examples, as pictures of its pages.
  Result<nlohmann::json> TemplatePages(const std::string& kind, int64_t version) const;
  // From now on in use. kInvalid: template.field, template.tag, template.nesting, template.not_list,
  // template.list with the place in the document, template.too_large; what ReadDocument says of a broken
  // file.
  Result<nlohmann::json> PutTemplate(const std::string& kind, const std::string& name,
                                     const std::string& bytes, const Actor& actor);
  // The one built in is in use again.
  Result<nlohmann::json> DropTemplate(const std::string& kind, const Actor& actor);

 private:
  OfficeCore& core_;
};

}  // namespace zg
