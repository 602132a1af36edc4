// The list of tasks: filters, search, pages.
#include <algorithm>
#include <charconv>
#include <iterator>
#include <numeric>

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

// Words apart by spaces; all must be there.
std::vector<std::u32string> WordsOf(const std::string& q) {
  std::vector<std::u32string> words;
  std::u32string word;
  for (char32_t c : ToUtf32(q) + U" ") {
    if (!IsSpace(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(Finder::Fold(word));
      word.clear();
    }
  }
  std::erase_if(words, [](const std::u32string& w) { return w.empty(); });
  return words;
}

// Places in `tasks` that hold all words; all of them where there is none.
std::vector<uint32_t> Holding(const Content& c, const std::vector<std::u32string>& words) {
  std::vector<uint32_t> out(words.empty() ? c.tasks.size() : 0);
  std::iota(out.begin(), out.end(), 0);
  for (size_t i = 0; i < words.size(); ++i) {
    std::vector<uint32_t> found = c.finder.Find(words[i]), both;
    if (i == 0) {
      out = std::move(found);
      continue;
    }
    std::set_intersection(out.begin(), out.end(), found.begin(), found.end(), std::back_inserter(both));
    out = std::move(both);
  }
  return out;
}

bool Passes(const TaskItem& t, const ListQuery& q) {
  if (q.round && t.round != q.round) return false;
  if (q.state == "closed" && !t.closed) return false;
  if (q.state == "open" && t.closed) return false;
  if (q.state == "long_term" && !t.long_term) return false;
  return q.region.empty() || std::count(t.regions.begin(), t.regions.end(), q.region) > 0;
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
  out += "</select></div><div><label for=\"region\">地区</label><select id=\"region\" name=\"region\">" +
         Option("", "全部地区", q.region.empty());
  for (const auto& region : c.regions) out += Option(region, region, q.region == region);
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
  std::vector<const TaskItem*> found;
  for (uint32_t n : Holding(c, WordsOf(q.q)))
    if (Passes(c.tasks[n], q)) found.push_back(&c.tasks[n]);
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
