#include "http/assets.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/digest.h"
#include "http/answer.h"

extern "C" {
extern const zg::EmbeddedFile zg_web_files[];
extern const unsigned zg_web_files_count;
}

namespace zg::http {
namespace {

const std::map<std::string_view, std::string_view> kTypes = {
    {"html", "text/html; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"json", "application/json; charset=utf-8"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
    {"ico", "image/x-icon"},
    {"jpg", "image/jpeg"},
    {"webp", "image/webp"},
    {"woff2", "font/woff2"},
    {"woff", "font/woff"},
    {"ttf", "font/ttf"},
    {"map", "application/json"},
    {"txt", "text/plain; charset=utf-8"},
    {"webmanifest", "application/manifest+json"},
};

// "" for an ending that the UI has no files of.
std::string_view TypeOf(std::string_view name) {
  size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.find('/', dot) != std::string_view::npos) return {};
  auto type = kTypes.find(name.substr(dot + 1));
  return type == kTypes.end() ? std::string_view() : type->second;
}

// Vite puts a hash of the content into the names under assets/.
bool IsHashed(std::string_view name) {
  return name.substr(0, 7) == "assets/";
}

std::string_view CacheRule(std::string_view name) {
  if (name == "index.html") return "no-store";
  return IsHashed(name) ? "public, max-age=31536000, immutable" : "no-cache";
}

Response FileAnswer(const std::string& name) {
  Response response;
  std::string_view type = TypeOf(name);
  response.content_type = type.empty() ? "application/octet-stream" : type;
  response.headers.push_back({"Cache-Control", std::string(CacheRule(name))});
  return response;
}

Response NoSuchFile(const Request& request) {
  return ErrorAnswer(404, "http.no_such_file", "没有这个文件。页面可能已更新，请刷新浏览器。", request.id,
                     "path");
}

bool LooksLikeFile(const std::string& name) {
  return IsHashed(name) || !TypeOf(name).empty();
}

// Under the folder, symbolic links followed, not hidden.
bool IsInside(const std::filesystem::path& folder, const std::filesystem::path& file) {
  std::error_code ec;
  auto root = std::filesystem::canonical(folder, ec);
  if (ec) return false;
  auto real = std::filesystem::canonical(file, ec);
  if (ec || !std::filesystem::is_regular_file(real, ec)) return false;
  auto [end, unused] = std::mismatch(root.begin(), root.end(), real.begin(), real.end());
  return end == root.end();
}

}  // namespace

std::span<const EmbeddedFile> EmbeddedUi() {
  return {zg_web_files, zg_web_files_count};
}

bool AcceptsGzip(const Request& request) {
  std::string_view accept = request.Find("accept-encoding");
  size_t at = accept.find("gzip");
  if (at == std::string_view::npos) return false;
  std::string_view rest = accept.substr(at + 4, accept.find(',', at) - at - 4);
  return rest.find("q=0") == std::string_view::npos || rest.find("q=0.") != std::string_view::npos;
}

Assets::Assets(std::span<const EmbeddedFile> files, std::filesystem::path folder)
    : folder_(std::move(folder)) {
  for (const EmbeddedFile& file : files)
    assets_[file.name] = {file.bytes(), {}, '"' + Sha256Hex(file.bytes()).substr(0, 20) + '"'};
  for (auto& [name, asset] : assets_)
    if (auto twin = assets_.find(name + ".gz"); twin != assets_.end()) asset.gzip = twin->second.bytes;
}

Response Assets::Answer(const Request& request) const {
  std::string name = request.path == "/" ? "index.html" : request.path.substr(1);
  return folder_.empty() ? Embedded(request, name) : FromFolder(request, name);
}

Response Assets::Embedded(const Request& request, const std::string& name) const {
  auto found = assets_.find(name);
  if (found == assets_.end() && !LooksLikeFile(name)) found = assets_.find("index.html");
  if (found == assets_.end()) return NoSuchFile(request);
  const Asset& asset = found->second;
  Response response = FileAnswer(found->first);
  response.headers.push_back({"ETag", asset.etag});
  if (!asset.gzip.empty()) response.headers.push_back({"Vary", "Accept-Encoding"});
  if (request.Find("if-none-match") == asset.etag) {
    response.status = 304;
    return response;
  }
  response.fixed = asset.bytes;
  if (!asset.gzip.empty() && AcceptsGzip(request)) {
    response.fixed = asset.gzip;
    response.headers.push_back({"Content-Encoding", "gzip"});
  }
  return response;
}

Response Assets::FromFolder(const Request& request, const std::string& name) const {
  std::string wanted = name;
  if (!IsInside(folder_, folder_ / wanted)) {
    if (LooksLikeFile(name)) return NoSuchFile(request);
    wanted = "index.html";
  }
  std::ifstream in(folder_ / wanted, std::ios::binary);
  if (!in) return NoSuchFile(request);
  Response response = FileAnswer(wanted);
  response.headers.front().value = "no-store";
  response.body.assign(std::istreambuf_iterator<char>(in), {});
  return response;
}

}  // namespace zg::http
