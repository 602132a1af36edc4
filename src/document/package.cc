#include "document/package.h"

#include <vector>

#include "document/xml.h"

namespace zg::document {
namespace {

std::string FolderOf(const std::string& part) {
  size_t slash = part.rfind('/');
  return slash == std::string::npos ? "" : part.substr(0, slash + 1);
}

std::string RelsOf(const std::string& part) {
  return FolderOf(part) + "_rels/" + part.substr(FolderOf(part).size()) + ".rels";
}

// "../media/a.png" in word/ is media/a.png; a path that would leave the package ends at its root.
std::string Resolve(const std::string& part, std::string_view target) {
  std::string path =
      target.starts_with('/') ? std::string(target.substr(1)) : FolderOf(part) + std::string(target);
  std::vector<std::string> steps;
  for (size_t at = 0; at <= path.size();) {
    size_t slash = std::min(path.find('/', at), path.size());
    std::string step = path.substr(at, slash - at);
    at = slash + 1;
    if (step == "..") {
      if (!steps.empty()) steps.pop_back();
    } else if (!step.empty() && step != ".") {
      steps.push_back(std::move(step));
    }
  }
  std::string out;
  for (const auto& step : steps) out += (out.empty() ? "" : "/") + step;
  return out;
}

}  // namespace

Result<std::map<std::string, Relationship>> Relationships(const Archive& archive, const std::string& part,
                                                          Budget& budget) {
  std::map<std::string, Relationship> out;
  std::string name = RelsOf(part);
  if (!archive.Has(name)) return out;
  ZG_ASSIGN(std::string bytes, archive.Read(name, budget));
  pugi::xml_document xml;
  ZG_TRY(ParseXml(bytes, name, xml));
  for (pugi::xml_node node : xml.document_element()) {
    if (budget.Stopped()) return budget.error();
    if (LocalName(node) != "Relationship" || Attr(node, "TargetMode") == "External") continue;
    std::string_view type = Attr(node, "Type");
    out[std::string(Attr(node, "Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                          Resolve(part, Attr(node, "Target"))};
  }
  return out;
}

std::string TargetOfType(const std::map<std::string, Relationship>& all, std::string_view type) {
  for (const auto& [id, relationship] : all) {
    if (relationship.type == type) return relationship.target;
  }
  return "";
}

std::string MainPart(const Archive& archive, Budget& budget) {
  auto all = Relationships(archive, "", budget);
  std::string part = all.ok() ? TargetOfType(*all, "officeDocument") : "";
  return archive.Has(part) ? part : "";
}

}  // namespace zg::document
