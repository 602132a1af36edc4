// The list of tasks: filters, search, pages.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/text.h"
#include "gazette/html.h"
#include "gazette/pages.h"

namespace zg::gazette {
namespace {

constexpr size_t kPerPage = 30;
constexpr std::pair<const char*, const char*> kStates[] = {
    {"closed", "已销号"}, {"open", "整改中"}, {"long_term", "长期坚持"}};

int64_t Number(const std::string& text) {
  int64_t n = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  return error == std::errc() && end == text.data() + text.size() && n > 0 ? n : 0;
}

std::string Squeezed(std::string_view text) {
  return ToUtf8(Squeeze(ToUtf32(text)));
}

bool Holds(const TaskItem& t, const std::string& word) {
  auto in = [&](const std::string& text) { return Squeezed(text).find(word) != std::string::npos; };
  if (in(t.path) || in(t.round_name)) return true;
  for (const auto& text : t.texts)
    if (in(text.text)) return true;
  for (const auto* names : {&t.responsible, &t.acceptance, &t.regions})
    for (const auto& name : *names)
      if (in(name)) return true;
  return false;
}

// Words apart by spaces; all must be there.
std::vector<std::string> WordsOf(const std::string& q) {
  std::vector<std::string> words;
  std::u32string word;
  for (char32_t c : ToUtf32(q) + U" ") {
    if (!IsSpace(c)) {
      word += FoldWidth(c);
    } else if (!word.empty()) {
      words.push_back(ToUtf8(word));
      word.clear();
    }
  }
  return words;
}

bool Passes(const TaskItem& t, const ListQuery& q, const std::vector<std::string>& words) {
  if (q.round && t.round != q.round) return false;
  if (q.state == "closed" && !t.closed) return false;
  if (q.state == "open" && t.closed) return false;
  if (q.state == "long_term" && !t.long_term) return false;
  if (!q.region.empty() && !std::count(t.regions.begin(), t.regions.end(), q.region)) return false;
  return std::all_of(words.begin(), words.end(), [&](const std::string& w) { return Holds(t, w); });
}

std::string Option(const std::string& value, const std::string& name, bool chosen) {
  return "<option value=\"" + Esc(value) + "\"" + (chosen ? " selected" : "") + ">" + Esc(name) + "</option>";
}

std::string Form(const Content& c, const ListQuery& q) {
  std::string out =
      "<form class=\"filters\" action=\"/tasks\" role=\"search\"><div><label for=\"q\">关键词</label><input "
      "id=\"q\" name=\"q\" type=\"search\" maxlength=\"60\" value=\"" +
      Esc(q.q) + "\"></div><div><label for=\"round\">轮次</label><select id=\"round\" name=\"round\">" +
      Option("", "全部轮次", q.round == 0);
  for (const auto& round : c.rounds) out += Option(std::to_string(round.id), round.name, q.round == round.id);
  out += "</select></div><div><label for=\"state\">状态</label><select id=\"state\" name=\"state\">" +
         Option("", "全部状态", q.state.empty());
  for (const auto& [value, name] : kStates) out += Option(value, name, q.state == value);
  std::set<std::string> regions;
  for (const auto& task : c.tasks) regions.insert(task.regions.begin(), task.regions.end());
  out += "</select></div><div><label for=\"region\">地区</label><select id=\"region\" name=\"region\">" +
         Option("", "全部地区", q.region.empty());
  for (const auto& region : regions) out += Option(region, region, q.region == region);
  return out + "</select></div><button>查询</button></form>";
}

std::string Turn(const ListQuery& q, int pages) {
  if (pages < 2) return "";
  auto to = [&](int page, const char* words, const char* rel) {
    ListQuery other = q;
    other.page = page;
    return "<a rel=\"" + std::string(rel) + "\" href=\"" + Esc(ListAddress(other)) + "\">" + words + "</a>";
  };
  return "<nav class=\"turn\" aria-label=\"翻页\">" + (q.page > 1 ? to(q.page - 1, "上一页", "prev") : "") +
         "<span>第" + std::to_string(q.page) + "页，共" + std::to_string(pages) + "页</span>" +
         (q.page < pages ? to(q.page + 1, "下一页", "next") : "") + "</nav>";
}

}  // namespace

ListQuery ReadListQuery(const std::vector<std::pair<std::string, std::string>>& pairs) {
  ListQuery q;
  for (const auto& [name, value] : pairs) {
    if (name == "q") q.q = ToUtf8(std::u32string(Trim(ToUtf32(value))).substr(0, 60));
    if (name == "round") q.round = Number(value);
    if (name == "region") q.region = ToUtf8(ToUtf32(value).substr(0, 40));
    if (name == "page") q.page = int(std::clamp<int64_t>(Number(value), 1, 100'000));
    if (name == "state")
      for (const auto& [state, title] : kStates)
        if (value == state) q.state = state;
  }
  return q;
}

std::string ListAddress(const ListQuery& q) {
  std::string out;
  auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) out += (out.empty() ? "?" : "&") + std::string(name) + "=" + Encode(value);
  };
  add("q", q.q);
  add("round", q.round ? std::to_string(q.round) : "");
  add("state", q.state);
  add("region", q.region);
  add("page", q.page > 1 ? std::to_string(q.page) : "");
  return "/tasks" + out;
}

std::string ListBody(const Content& c, const ListQuery& asked) {
  ListQuery q = asked;
  auto words = WordsOf(q.q);
  std::vector<const TaskItem*> found;
  for (const auto& task : c.tasks)
    if (Passes(task, q, words)) found.push_back(&task);
  int pages = int((found.size() + kPerPage - 1) / kPerPage);
  q.page = std::clamp(q.page, 1, std::max(1, pages));
  std::string out =
      "<h1>整改任务</h1>" + Form(c, q) + "<p role=\"status\">共" + Digits(int64_t(found.size())) + "项</p>";
  if (found.empty())
    return out +
           "<p class=\"empty\">没有符合条件的公开任务。可以减少关键词，或 <a "
           "href=\"/tasks\">查看全部</a>。</p>";
  out += "<ul class=\"lines\">";
  for (size_t i = size_t(q.page - 1) * kPerPage; i < std::min(found.size(), size_t(q.page) * kPerPage); ++i)
    out += TaskLine(*found[i]);
  return out + "</ul>" + Turn(q, pages);
}

}  // namespace zg::gazette
