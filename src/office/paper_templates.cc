// Templates of papers: downloaded, changed in Word or WPS, uploaded, gone back to.
#include "store/paper_templates.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/nearest.h"
#include "document/reader.h"
#include "office/page_pictures.h"
#include "office/paper_models.h"
#include "office/vaulting.h"
#include "report/docx.h"
#include "report/template_docx.h"
#include "report/template_example.h"
#include "report/template_text.h"
#include "store/events.h"
#include "store/vault_intents.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr size_t kMostBytes = 4u << 20;
constexpr const char* kDocx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

Result<TemplateKind> KindOf(const std::string& id) {
  std::vector<std::string> names;
  for (auto& kind : TemplateKinds()) {
    if (kind.id == id) return std::move(kind);
    names.push_back(kind.id);
  }
  std::string near = Nearest(id, names);
  return Error{Code::kInvalid,
               "没有这种公文" + (near.empty() ? std::string("。") : "，是否想写“" + near + "”？"), "kind",
               "template.kind"};
}

json FieldsJson(const paper::Fields& fields) {
  json out = json::array(), lists = json::array();
  for (const auto& [name, field] : fields) {
    (field.list ? lists : out)
        .push_back(
            {{"name", name},
             {"meaning", field.meaning},
             {"example", field.list ? "" : field.text.Plain()},
             {"list", field.list},
             {"fields", field.list && !field.items.empty() ? FieldsJson(field.items[0]) : json::array()}});
  }
  for (auto& list : lists) out.push_back(std::move(list));  // after what stands by itself
  return out;
}

Status Tell(OfficeCore& core, store::Session& s, const char* event_kind, const std::string& kind,
            const json& after, const Actor& actor) {
  Event event = core.EventOf(actor, event_kind, "template:" + kind);
  event.after = after.dump(-1, ' ', false, json::error_handler_t::replace);
  store::AppendEvent(s, event);
  return {};
}

}  // namespace

Result<json> Issuing::Template(const std::string& id) const {
  ZG_ASSIGN(TemplateKind kind, KindOf(id));
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    json versions = json::array();
    bool own = false;
    for (const auto& one : store::PaperTemplates(s, id)) {
      own = own || one.in_use;
      versions.push_back({{"id", one.id},
                          {"name", one.name},
                          {"bytes", one.bytes},
                          {"in_use", one.in_use},
                          {"uploaded_by", one.uploaded_by},
                          {"uploaded_at", one.uploaded_at}});
    }
    return json{{"kind", id},
                {"title", kind.title},
                {"builtin", !own},
                {"versions", std::move(versions)},
                {"fields", FieldsJson(paper::ExampleOf(id).data.fields)}};
  });
}

Result<ExportedFile> Issuing::TemplateFile(const std::string& id, int64_t version) const {
  ZG_ASSIGN(TemplateKind kind, KindOf(id));
  ZG_ASSIGN(
      auto chosen, core_.store->Read([&](store::Session& s) -> Result<std::optional<store::PaperTemplate>> {
        if (version == 0) return store::TemplateInUse(s, id);
        for (auto& one : store::PaperTemplates(s, id))
          if (one.id == version) return std::optional(std::move(one));
        return Error{Code::kNotFound, "没有这一版模板，请刷新后重新选择。", "version", "template.not_found"};
      }));
  std::string name = std::string(kind.title) + "模板.docx";
  if (!chosen) {
    ZG_ASSIGN(std::string bytes, WriteDocx(paper::TemplatePaper(paper::BuiltinTemplate(id))));
    return ExportedFile{name, kDocx, std::move(bytes)};
  }
  ZG_ASSIGN(std::string bytes, core_.vault->Get(chosen->sha256));
  return ExportedFile{name, kDocx, std::move(bytes)};
}

Result<json> Issuing::TemplatePages(const std::string& id, int64_t version) const {
  ZG_ASSIGN(ExportedFile file, TemplateFile(id, version));
  ZG_ASSIGN(std::string filled, paper::FillDocx(file.bytes, paper::ExampleOf(id).data.fields));
  return PagePictures(filled);
}

Result<json> Issuing::PutTemplate(const std::string& id, const std::string& name, const std::string& bytes,
                                  const Actor& actor) {
  if (auto kind = KindOf(id); !kind.ok()) return kind.error();
  if (bytes.size() > kMostBytes)
    return Error{Code::kInvalid, "模板最大4MB，请去掉里面的大图后再上传。", name, "template.too_large"};
  // Filled with the examples: every field, loop and condition of it is tried.
  ZG_ASSIGN(std::string tried,
            paper::FillDocx(bytes, paper::ExampleOf(id).data.fields, paper::Filling::kTrying));
  if (auto read = ReadDocument(tried, "template.docx"); !read.ok()) return read.error();
  ZG_ASSIGN(std::string digest, KeepBytes(core_, bytes));
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    store::PaperTemplate one{0,    id,         name,       digest, Sm3Hex(bytes), int64_t(bytes.size()),
                             true, actor.name, core_.Now()};
    one.id = store::InsertTemplate(s, one);
    store::ClearIntent(s, digest);
    return Tell(core_, s, "template.uploaded", id, {{"version", one.id}, {"name", name}, {"sm3", one.sm3}},
                actor);
  }));
  return Template(id);
}

Result<json> Issuing::DropTemplate(const std::string& id, const Actor& actor) {
  if (auto kind = KindOf(id); !kind.ok()) return kind.error();
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    if (!store::TemplateInUse(s, id))
      return Error{Code::kConflict, "用的已经是内置模板。", "kind", "template.builtin"};
    store::RetireTemplates(s, id);
    return Tell(core_, s, "template.retired", id, {{"kind", id}}, actor);
  }));
  return Template(id);
}

}  // namespace zg
