#include "http/description.h"

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "base/embedded.h"

extern const zg::EmbeddedFile zg_http_files[];
extern const unsigned zg_http_files_count;

namespace zg::http {
namespace {

using nlohmann::json;

std::string PutTogether() {
  json whole = json::object();
  for (const EmbeddedFile& file : std::span(zg_http_files, zg_http_files_count))
    whole.merge_patch(json::parse(file.bytes()));
  return whole.dump();
}

}  // namespace

std::string_view OpenApiJson() {
  static const std::string description = PutTogether();
  return description;
}

}  // namespace zg::http
