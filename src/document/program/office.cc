#include "document/program/office.h"

#include <fmt/format.h>

#include "document/failure.h"
#include "document/program/process.h"
#include "document/program/scratch.h"

namespace zg::document {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> FindOffice() {
  for (const char* name : {"soffice", "libreoffice"}) {
    if (auto path = FindProgram(name)) return path;
  }
  return std::nullopt;
}

// LibreOffice goes by the extension where the content is no help; wps and et are Word's and Excel's formats.
std::string ExtensionFor(const std::string& format) {
  if (format == "wps") return "doc";
  if (format == "et") return "xls";
  return format;
}

// What stands in for the faces of official documents where they are missing, the best first.
constexpr const char* kFaces[][2] = {
    {"方正小标宋简体", "FZXiaoBiaoSong-B05S|FandolSong|AR PL UMing CN|Noto Serif CJK SC|Noto Sans CJK SC"},
    {"仿宋_GB2312",
     "FangSong|仿宋|STFangsong|FandolFang R|FandolFang|AR PL UMing CN|Noto Serif CJK SC|Noto Sans CJK SC"},
    {"楷体_GB2312", "KaiTi|楷体|STKaiti|FandolKai|AR PL UKai CN|AR PL UMing CN|Noto Sans CJK SC"},
    {"黑体", "SimHei|STHeiti|FandolHei|WenQuanYi Zen Hei|Noto Sans CJK SC"},
    {"宋体", "SimSun|STSong|FandolSong|AR PL UMing CN|Noto Serif CJK SC|Noto Sans CJK SC"}};

// A configuration of fonts over the machine's own.
std::string FontsXml() {
  std::string out =
      "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><include "
      "ignore_missing=\"yes\">/etc/fonts/fonts.conf</include>";
  for (const auto& [face, others] : kFaces) {
    out += std::string("<alias binding=\"same\"><family>") + face + "</family><prefer><family>" + face +
           "</family>";
    std::string_view rest = others;
    while (!rest.empty()) {
      size_t end = std::min(rest.find('|'), rest.size());
      out += "<family>" + std::string(rest.substr(0, end)) + "</family>";
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    out += "</prefer></alias>";
  }
  return out + "</fontconfig>";
}

}  // namespace

Result<std::string> ConvertWithOffice(std::string_view bytes, const std::string& format,
                                      const std::string& to, const fs::path& scratch,
                                      const ReadLimits& limits) {
  auto office = FindOffice();
  if (!office) {
    const char* package = to == "xlsx" ? "libreoffice-calc-nogui" : "libreoffice-writer-nogui";
    if (to == "pdf") {
      return ProgramMissing("生成 PDF", "LibreOffice", package, "下载 Word 文件，用 Word、WPS 另存为 PDF");
    }
    return ProgramMissing(fmt::format("读取 {} 文件", format), "LibreOffice", package,
                          fmt::format("用 Word、WPS 把文件另存为 {} 后再导入", to));
  }
  ZG_ASSIGN(Scratch folder, Scratch::Make(scratch));
  ZG_ASSIGN(fs::path input, folder.Write("input." + ExtensionFor(format), bytes));
  fs::path output = folder.path() / "out" / ("input." + to);
  ProgramCall call;
  call.command = {office->string(),
                  "-env:UserInstallation=file://" + (folder.path() / "profile").string(),
                  "--headless",
                  "--norestore",
                  "--nolockcheck",
                  "--convert-to",
                  to,
                  "--outdir",
                  (folder.path() / "out").string(),
                  input.string()};
  call.folder = folder.path();
  if (to == "pdf") {
    ZG_ASSIGN(fs::path fonts, folder.Write("fonts.conf", FontsXml()));
    call.environment.push_back("FONTCONFIG_FILE=" + fonts.string());
  }
  call.time = std::chrono::seconds(limits.program_seconds);
  call.address_space = 6ull << 30;  // it reserves far more than it uses
  ZG_ASSIGN(ProgramOutcome outcome, RunProgram(call));
  if (outcome.end == ProgramOutcome::End::kTimedOut) return TimedOut(limits.program_seconds);
  std::error_code error;
  if (!fs::exists(output, error)) {  // its exit status is 0 even then
    return ProgramFailed(
        fmt::format("这个 {} 文件转换不了，可能已损坏或设有密码；请用 Word、WPS 打开后另存为 {} 再导入。",
                    format, to),
        fmt::format("status {}: {} {}", outcome.status, outcome.output.substr(0, 500), outcome.errors));
  }
  return ReadWholeFile(output, limits.max_file_bytes);
}

}  // namespace zg::document
