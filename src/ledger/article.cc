#include "ledger/article.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace zg {
namespace {

constexpr size_t kMostTitle = 200, kMostMedium = 60, kMostLink = 500, kMostNote = 500, kMostTasks = 50;
constexpr int64_t kMostPieces = 9999;

Error Bad(const char* where, std::string message) {
  return {Code::kInvalid, std::move(message), where, "article.bad"};
}

std::string Names(const MediaWords& words) {
  std::string out;
  for (const auto& kind : words.kinds) out += (out.empty() ? "" : "、") + kind.name;
  return out;
}
std::string Joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : "、") + name;
  return out;
}

// An address that a browser opens and that runs nothing.
bool IsWebAddress(const std::string& link) {
  size_t scheme = link.rfind("https://", 0) == 0 ? 8 : link.rfind("http://", 0) == 0 ? 7 : 0;
  if (scheme == 0 || link.size() == scheme || link[scheme] == '/') return false;
  return std::none_of(link.begin(), link.end(), [](unsigned char c) {
    return c <= 0x20 || c == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\';
  });
}

bool HasControl(const std::u32string& text) {
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return c < 0x20 || c == 0x7f; });
}

Status CheckWords(const Article& a, const MediaWords& words) {
  const MediaKind* kind = words.Find(a.kind);
  if (!kind) return Bad("kind", "没有“" + a.kind + "”这个类别，请从这些里选：" + Names(words) + "。");
  if (a.level.empty() && kind->inside) return {};
  if (!words.HasLevel(a.level))
    return Bad("level", a.level.empty()
                            ? "请写明媒体的级别：" + Joined(words.levels) + "。"
                            : "没有“" + a.level + "”这个级别，请从这些里选：" + Joined(words.levels) + "。");
  return {};
}

}  // namespace

const MediaKind* MediaWords::Find(std::string_view kind) const {
  for (const auto& k : kinds)
    if (k.name == kind) return &k;
  return nullptr;
}
bool MediaWords::HasLevel(std::string_view level) const {
  return std::find(levels.begin(), levels.end(), level) != levels.end();
}

Status CheckArticle(const Article& a, const MediaWords& words, Date today) {
  std::u32string title = ToUtf32(a.title), medium = ToUtf32(a.medium);
  if (a.day > today) return Bad("day", "刊发日期不能在今天以后，请改正。");
  if (Trim(title).empty()) return Bad("title", "请写标题。");
  if (title.size() > kMostTitle || HasControl(title)) return Bad("title", "标题请压到200字以内，不要换行。");
  if (Trim(medium).empty()) return Bad("medium", "请写明刊发的媒体，如“云川日报”。");
  if (medium.size() > kMostMedium || HasControl(medium))
    return Bad("medium", "媒体名称请压到60字以内，不要换行。");
  ZG_TRY(CheckWords(a, words));
  if (!a.link.empty() && (!IsWebAddress(a.link) || ToUtf32(a.link).size() > kMostLink))
    return Bad("link", "链接应以 http:// 或 https:// 开头，中间没有空格，500字以内。");
  if (a.pieces < 1 || a.pieces > kMostPieces) return Bad("pieces", "篇（条次）数应是1到9999的整数。");
  if (a.tasks.size() > kMostTasks) return Bad("tasks", "一条报道最多关联50项任务。");
  if (ToUtf32(a.note).size() > kMostNote) return Bad("note", "备注请压到500字以内。");
  return {};
}

nlohmann::json ArticleTold(const Article& a) {
  nlohmann::json tasks = nlohmann::json::array();
  for (TaskId task : a.tasks) tasks.push_back(task.value);
  return {{"id", a.id.value},
          {"day", a.day.Iso()},
          {"title", a.title},
          {"medium", a.medium},
          {"kind", a.kind},
          {"level", a.level},
          {"region", a.region},
          {"unit", a.unit.value},
          {"round", a.round.value},
          {"link", a.link},
          {"tasks", std::move(tasks)},
          {"note", a.note},
          {"pieces", a.pieces},
          {"open", a.open},
          {"gone", a.gone},
          {"reason", a.reason},
          {"revision", a.revision}};
}

Date WeekOf(Date day) {
  int64_t since_monday = (day.days() + 3) % 7;  // 1970-01-01 was a Thursday
  if (since_monday < 0) since_monday += 7;
  return day.Plus(-since_monday);
}

}  // namespace zg
