#pragma once
// The UI's files: from the binary, or while the UI is developed from a folder. Constant after construction;
// any thread.

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/embedded.h"
#include "http/message.h"

namespace zg::http {

class Assets {
 public:
  // `files`: as vite wrote them ("index.html", "assets/x-1a2b.js"), each perhaps with a twin "….gz".
  // `folder`: read instead of `files`, at each request; empty: none.
  Assets(std::span<const EmbeddedFile> files, std::filesystem::path folder);

  // GET of any path outside /api. A path that names no file is a page of the UI and gets index.html, except
  // where it looks like a file (assets/…, or an ending such as .js): 404 http.no_such_file.
  Response Answer(const Request& request) const;

 private:
  struct Asset {
    std::string_view bytes;
    std::string_view gzip;  // empty: not stored
    std::string etag;       // with its quotes
  };
  Response Embedded(const Request& request, const std::string& name) const;
  Response FromFolder(const Request& request, const std::string& name) const;

  std::map<std::string, Asset, std::less<>> assets_;
  std::filesystem::path folder_;
};

// The UI as it was embedded, or a page that says it was left out.
std::span<const EmbeddedFile> EmbeddedUi();

// Whether the client takes gzip: "gzip" named in Accept-Encoding and not with q=0.
bool AcceptsGzip(const Request& request);

}  // namespace zg::http
