// Kinds and levels of media, read from vocab/media.toml.
#include <cassert>
#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "ledger/article.h"
#include "ledger/toml_table.h"

extern const zg::EmbeddedFile zg_media_vocab[];
extern const unsigned zg_media_vocab_count;

namespace zg {

Result<MediaWords> ParseMediaWords(const std::string& text, const std::string& file) {
  constexpr const char* kId = "media.invalid";
  ZG_ASSIGN(toml::table table, ParseTomlText(text, file, kId));
  TomlTable top(table, file, kId);
  MediaWords words;
  words.levels = top.Texts("levels", true);
  for (const toml::table* one : top.Each("kinds")) {
    TomlTable reader(*one, file, kId);
    MediaKind kind{reader.Text("name", true), reader.Text("measure", true), reader.Flag("inside")};
    if (words.Find(kind.name)) reader.Complain(*one, "类别“" + kind.name + "”写了两次。");
    ZG_TRY(reader.Finish());
    words.kinds.push_back(std::move(kind));
  }
  ZG_TRY(top.Finish());
  if (words.kinds.empty())
    return Error{Code::kInvalid, "至少要有一个媒体类别（[[kinds]]）。", file + ":1", kId};
  return words;
}

Result<MediaWords> LoadMediaWords(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "media.toml";
  std::error_code none;
  if (folder.empty() || !std::filesystem::exists(file, none)) {
    assert(zg_media_vocab_count == 1);
    return ParseMediaWords(std::string(zg_media_vocab[0].bytes()), "media.toml");
  }
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && !in.eof())
    return Error{Code::kUnavailable, "读不了媒体类别文件，请检查权限。", file.string(), "media.unreadable"};
  return ParseMediaWords(text, file.string());
}

}  // namespace zg
