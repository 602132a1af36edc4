#include "vault/s3/xml.h"

#include <ctime>
#include <pugixml.hpp>
#include <sstream>

namespace zg {
namespace {

Error Strange(const char* what) {
  return {Code::kUnavailable, "对象存储的回答看不懂。请联系系统管理员检查对象存储。", "", "vault.damaged",
          what};
}

// The root called `name`; none where it is another.
pugi::xml_node Root(pugi::xml_document& document, std::string_view xml, const char* name) {
  auto parsed = document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
  return parsed ? document.child(name) : pugi::xml_node();
}

// 2024-07-01T08:30:00.000Z; 0 where it is none.
int64_t TimeOf(const char* text) {
  std::tm t{};
  const char* rest = ::strptime(text, "%Y-%m-%dT%H:%M:%S", &t);
  return rest ? int64_t(::timegm(&t)) : 0;
}

bool Is(const pugi::xml_node& node, const char* name) {
  return std::string_view(node.child_value(name)) == "true";
}

}  // namespace

std::string S3ErrorCode(std::string_view xml) {
  pugi::xml_document document;
  return std::string(Root(document, xml, "Error").child_value("Code")).substr(0, 100);
}

Result<std::string> S3UploadId(std::string_view xml) {
  pugi::xml_document document;
  std::string id = Root(document, xml, "InitiateMultipartUploadResult").child_value("UploadId");
  if (id.empty() || id.size() > 1024) return Strange("no upload id");
  return id;
}

Result<S3Page> S3List(std::string_view xml) {
  pugi::xml_document document;
  pugi::xml_node root = Root(document, xml, "ListBucketResult");
  if (!root) return Strange("no ListBucketResult");
  S3Page page;
  for (const auto& one : root.children("Contents")) {
    page.objects.push_back({one.child_value("Key"), one.child("Size").text().as_ullong(),
                            TimeOf(one.child_value("LastModified"))});
  }
  if (Is(root, "IsTruncated")) {
    page.next = root.child_value("NextContinuationToken");
    if (page.next.empty() || page.objects.empty()) return Strange("a list that does not go on");
  }
  return page;
}

Result<S3UploadPage> S3Uploads(std::string_view xml) {
  pugi::xml_document document;
  pugi::xml_node root = Root(document, xml, "ListMultipartUploadsResult");
  if (!root) return Strange("no ListMultipartUploadsResult");
  S3UploadPage page;
  for (const auto& one : root.children("Upload")) {
    page.uploads.push_back(
        {one.child_value("Key"), one.child_value("UploadId"), TimeOf(one.child_value("Initiated"))});
  }
  if (Is(root, "IsTruncated")) {
    page.next_key = root.child_value("NextKeyMarker");
    page.next_upload = root.child_value("NextUploadIdMarker");
    if (page.next_key.empty() || page.uploads.empty()) return Strange("a list that does not go on");
  }
  return page;
}

std::string S3CompleteXml(const std::vector<std::string>& etags) {
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("CompleteMultipartUpload");
  for (size_t i = 0; i < etags.size(); ++i) {
    pugi::xml_node part = root.append_child("Part");
    part.append_child("PartNumber").text().set(int(i + 1));
    part.append_child("ETag").text().set(("\"" + etags[i] + "\"").c_str());
  }
  std::ostringstream out;
  document.save(out, "", pugi::format_raw);
  return out.str();
}

}  // namespace zg
