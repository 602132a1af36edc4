#include "document/docx/docx.h"

#include <fmt/format.h>

#include <map>

#include "document/archive.h"
#include "document/builder.h"
#include "document/docx/story.h"
#include "document/failure.h"
#include "document/package.h"
#include "document/xml.h"

namespace zg::document {
namespace {

// A part with the bytes that its tree lives in.
struct Part {
  std::string bytes;
  pugi::xml_document xml;
  pugi::xml_node root() const { return xml.document_element(); }
};

// Leaves `part` empty where the name is "" or the archive has no such member.
Status Load(const Archive& archive, const std::string& name, Budget& budget, Part& part) {
  if (name.empty() || !archive.Has(name)) return {};
  ZG_ASSIGN(part.bytes, archive.Read(name, budget));
  return ParseXml(part.bytes, name, part.xml);
}

void ReadNotes(DocxContext& context, Builder& builder, pugi::xml_node root, bool endnotes) {
  std::map<std::string, pugi::xml_node> by_id;
  for (pugi::xml_node note : root) by_id.emplace(std::string(Attr(note, "id")), note);
  auto references = std::move(context.notes);
  context.notes.clear();
  for (NoteReference& reference : references) {
    auto it = by_id.find(reference.mark.id);
    if (reference.mark.endnote != endnotes) {
      context.notes.push_back(std::move(reference));
      continue;
    }
    if (it == by_id.end()) continue;
    Place place;
    place.paragraph = reference.paragraph;
    StoryReader(context, builder, it->second).Read(BlockKind::kFootnote, place);
    by_id.erase(it);
  }
}

bool HasPictures(const Archive& archive) {
  for (const std::string& name : archive.Names()) {
    if (name.starts_with("word/media/")) return true;
  }
  return false;
}

}  // namespace

Result<Document> ReadDocx(std::string_view bytes, Budget& budget) {
  ZG_ASSIGN(Archive archive, Archive::Open(bytes));
  std::string main = MainPart(archive, budget);
  if (main.empty() && archive.Has("word/document.xml")) main = "word/document.xml";
  if (main.empty())
    return Broken("文件里没有正文，不是完整的 Word 文件；请用 Word、WPS 打开后另存为 docx 再导入。");
  ZG_ASSIGN(auto links, Relationships(archive, main, budget));
  Part document, styles, numbering, footnotes, endnotes;
  ZG_TRY(Load(archive, main, budget, document));
  ZG_TRY(Load(archive, TargetOfType(links, "styles"), budget, styles));
  ZG_TRY(Load(archive, TargetOfType(links, "numbering"), budget, numbering));
  ZG_TRY(Load(archive, TargetOfType(links, "footnotes"), budget, footnotes));
  ZG_TRY(Load(archive, TargetOfType(links, "endnotes"), budget, endnotes));
  DocxContext context;
  context.styles.Load(styles.root());
  context.numbering.Load(numbering.root(), context.styles);
  Builder builder("docx", budget);
  StoryReader(context, builder, Child(document.root(), "body")).Read(BlockKind::kParagraph, {});
  ReadNotes(context, builder, footnotes.root(), false);
  ReadNotes(context, builder, endnotes.root(), true);
  if (budget.Stopped()) return budget.error();
  if (builder.block_count() == 0) {
    return Empty(HasPictures(archive)
                     ? "文件里只有图片，没有文字；请把图片另存为 png 或 pdf 后导入，由文字识别读取。"
                     : "文件里没有文字；请检查文件是否保存完整，再重新导入。");
  }
  return std::move(builder.document());
}

}  // namespace zg::document
