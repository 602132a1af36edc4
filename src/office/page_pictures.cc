#include "office/page_pictures.h"

#include <sodium.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "document/program/office.h"
#include "document/program/process.h"
#include "document/program/scratch.h"

namespace zg {
namespace {

namespace fs = std::filesystem;

constexpr int kMostPages = 10;
constexpr uint64_t kMostPictureBytes = 8u << 20;
constexpr int kProgramSeconds = 60;

std::string Base64(const std::string& bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // the end that it writes
  return out;
}

// One page more than is shown, to know whether there are more. Their names sort as the pages do.
Result<std::set<fs::path>> Draw(const fs::path& pdf) {
  if (!document::FindProgram("pdftoppm"))
    return Error{Code::kUnavailable, "没有安装 poppler，不能显示版面，请下载文件查看。", "",
                 "document.program_missing"};
  document::ProgramCall call;
  call.command = {"pdftoppm", "-png", "-l", std::to_string(kMostPages + 1), "-scale-to", "1100", pdf, "page"};
  call.folder = pdf.parent_path();
  call.time = std::chrono::seconds(kProgramSeconds);
  ZG_ASSIGN(document::ProgramOutcome outcome, document::RunProgram(call));
  if (!outcome.ok())
    return Error{Code::kUnavailable, "版面没有画出来，请下载文件查看。", "", "document.program_failed",
                 outcome.errors};
  std::set<fs::path> out;
  for (const auto& entry : fs::directory_iterator(pdf.parent_path()))
    if (entry.path().extension() == ".png") out.insert(entry.path());
  return out;
}

}  // namespace

Result<nlohmann::json> PagePictures(const std::string& docx) {
  ReadLimits limits;
  limits.program_seconds = kProgramSeconds;
  ZG_ASSIGN(std::string pdf, document::ConvertWithOffice(docx, "docx", "pdf", {}, limits));
  ZG_ASSIGN(document::Scratch scratch, document::Scratch::Make({}));
  ZG_ASSIGN(fs::path file, scratch.Write("paper.pdf", pdf));
  ZG_ASSIGN(std::set<fs::path> drawn, Draw(file));
  nlohmann::json pages = nlohmann::json::array();
  for (const auto& picture : drawn) {
    if (int(pages.size()) == kMostPages) break;
    ZG_ASSIGN(std::string bytes, document::ReadWholeFile(picture, kMostPictureBytes));
    pages.push_back(Base64(bytes));
  }
  return nlohmann::json{{"pages", std::move(pages)}, {"more", int(drawn.size()) > kMostPages}};
}

}  // namespace zg
