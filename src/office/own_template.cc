#include "office/own_template.h"

#include "report/docx.h"
#include "report/paper_head.h"
#include "report/template_docx.h"
#include "store/paper_templates.h"

namespace zg {

Result<std::string> OwnTemplate(const OfficeCore& core, const std::string& kind) {
  ZG_ASSIGN(auto own, core.store->Read([&](store::Session& s) -> Result<std::optional<store::PaperTemplate>> {
    return store::TemplateInUse(s, kind);
  }));
  if (!own) return std::string();
  return core.vault->Get(own->sha256);
}

Result<std::string> DocxOf(const OfficeCore& core, const std::string& kind, const paper::Paper& paper,
                           paper::TemplateData data) {
  ZG_ASSIGN(std::string own, OwnTemplate(core, kind));
  if (own.empty()) return WriteDocx(paper);
  AddHead(data.fields, {});
  return paper::FillDocx(own, data.fields);
}

}  // namespace zg
