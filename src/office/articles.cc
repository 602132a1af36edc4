#include "office/articles.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "office/article_sheet.h"
#include "office/core.h"
#include "store/events.h"
#include "store/rounds.h"
#include "store/tasks.h"
#include "store/units.h"

namespace zg {
namespace {

using nlohmann::json;
constexpr size_t kMostAtOnce = 2000, kMostReason = 500;
constexpr int kMostExported = 20'000, kMostMedia = 300, kPreviewed = 50;

json IdOrNull(int64_t id) {
  return id ? json(id) : json();
}

json ArticleJson(const store::ArticleLine& line) {
  json out = ArticleTold(line.article);
  out["unit_id"] = IdOrNull(line.article.unit.value);
  out["round_id"] = IdOrNull(line.article.round.value);
  out["unit"] = line.unit;
  out["round"] = line.round;
  out["region_name"] = line.region;
  out["updated_by"] = line.article.updated_by;
  out["updated_at"] = line.article.updated_at;
  return out;
}

Error NotFound() {
  return {Code::kNotFound, "没有这条宣传报道，可能已被撤下，请刷新。", "", "article.not_found"};
}

// What the line names has to be there.
Status CheckNamed(store::Session& s, const OfficeCore& core, const Article& a) {
  if (!a.region.empty() && !core.regions.Find(a.region))
    return Error{Code::kNotFound, "没有这个地区，请重新选择。", "region", "region.not_found"};
  if (a.unit && !store::LoadUnit(s, a.unit))
    return Error{Code::kNotFound, "没有这个单位，请重新选择。", "unit_id", "unit.not_found"};
  if (a.round && !store::LoadRound(s, a.round))
    return Error{Code::kNotFound, "没有这个轮次，请重新选择。", "round_id", "round.not_found"};
  for (TaskId task : a.tasks)
    if (!store::LoadHead(s, task))
      return Error{Code::kNotFound, "关联的任务已不在台账里，请重新选择。", "tasks", "task.not_found"};
  return {};
}

// "2024-07-01.17": the last line of a page.
Result<std::pair<Date, ArticleId>> ReadKey(const std::string& after) {
  if (after.empty()) return std::pair(Date(), ArticleId());
  auto day = Date::ParseIso(after.substr(0, std::min<size_t>(10, after.size())));
  int64_t id = 0;
  if (day && after.size() > 11 && after[10] == '.') {
    auto [end, error] = std::from_chars(after.data() + 11, after.data() + after.size(), id);
    if (error == std::errc() && end == after.data() + after.size() && id > 0)
      return std::pair(*day, ArticleId{id});
  }
  return Error{Code::kInvalid, "翻页的位置不对，请从第一页重新打开。", "after", "parameter.after"};
}

struct MoveRow {
  const char *event, *title;
};
const MoveRow& RowOf(ArticleMove move) {
  static const MoveRow rows[] = {{"article.withdrawn", "撤下"},
                                 {"article.restored", "恢复"},
                                 {"article.opened", "标为可公开"},
                                 {"article.hidden", "标为不公开"}};
  return rows[size_t(move)];
}

Status Apply(Article& a, ArticleMove move, const std::string& reason) {
  if (a.gone != (move == ArticleMove::kRestore))
    return Error{Code::kConflict,
                 "《" + a.title + "》" + (a.gone ? "已经撤下" : "没有撤下") + "，不能" + RowOf(move).title +
                     "，请刷新。",
                 "items", "article.state"};
  if (move == ArticleMove::kWithdraw || move == ArticleMove::kRestore) {
    a.gone = move == ArticleMove::kWithdraw;
    a.reason = reason;
  } else {
    a.open = move == ArticleMove::kOpen;
  }
  return {};
}

json RowsJson(const std::vector<CoverageRow>& rows) {
  json out = json::array();
  for (const auto& row : rows)
    out.push_back(
        {{"name", row.name}, {"kind", row.kind}, {"by_level", row.by_level}, {"pieces", row.pieces}});
  return out;
}

std::string Dumped(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

Status Articles::LoadWords() {
  ZG_ASSIGN(words_, LoadMediaWords(core_.options.vocabulary));
  return {};
}

Result<json> Articles::List(const store::ArticleFilter& filter, const std::string& after, int limit) const {
  ZG_ASSIGN(auto key, ReadKey(after));
  return core_.store->Read([&](store::Session& s) {
    auto lines = store::FindArticles(s, filter, key.first, key.second, limit + 1);
    bool more = int(lines.size()) > limit;
    if (more) lines.resize(size_t(limit));
    json items = json::array(), next;
    for (const auto& line : lines) items.push_back(ArticleJson(line));
    if (more) next = lines.back().article.day.Iso() + "." + std::to_string(lines.back().article.id.value);
    return json{{"items", std::move(items)},
                {"next", std::move(next)},
                {"total", store::CountArticleLines(s, filter)}};
  });
}

Result<json> Articles::Words() const {
  return core_.store->Read([&](store::Session& s) {
    json kinds = json::array(), media = json::array();
    for (const auto& kind : words_.kinds)
      kinds.push_back({{"name", kind.name}, {"measure", kind.measure}, {"inside", kind.inside}});
    for (const auto& known : store::KnownMedia(s, kMostMedia))
      media.push_back(
          {{"medium", known.medium}, {"kind", known.kind}, {"level", known.level}, {"lines", known.lines}});
    return json{{"kinds", std::move(kinds)}, {"levels", words_.levels}, {"media", std::move(media)}};
  });
}

Result<json> Articles::Counts(const store::ArticleFilter& filter) const {
  return core_.store->Read([&](store::Session& s) {
    Coverage c = CountCoverage(store::CountArticles(s, filter), words_);
    for (auto& row : c.regions) {
      const Region* region = core_.regions.Find(row.name);
      row.name = region ? region->name : row.name.empty() ? "未写地区" : row.name;
    }
    json weeks = json::array();
    for (size_t i = 0; i < c.weeks.size(); ++i)
      weeks.push_back({{"from", c.weeks[i].Iso()},
                       {"to", c.weeks[i].Plus(6).Iso()},
                       {"by_medium", c.by_week[i]},
                       {"pieces", c.week_sums[i]}});
    Date as_of = std::min(filter.to.value_or(core_.Today()), core_.Today());
    return json{{"as_of", as_of.Iso()},
                {"sentence", CoverageSentence(c, words_, as_of)},
                {"pieces", c.pieces},
                {"lines", store::CountArticleLines(s, filter)},
                {"level_names", words_.levels},
                {"levels", c.levels},
                {"media", RowsJson(c.media)},
                {"kinds", RowsJson(c.kinds)},
                {"regions", RowsJson(c.regions)},
                {"weeks", std::move(weeks)}};
  });
}

Result<json> Articles::Add(Article a, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_TRY(CheckArticle(a, words_, core_.Today()));
    ZG_TRY(CheckNamed(s, core_, a));
    a.revision = 1;
    a.updated_by = actor.name;
    a.updated_at = core_.Now();
    a.id = store::InsertArticle(s, a);
    Event event = core_.EventOf(actor, "article.added", "article:" + std::to_string(a.id.value));
    event.after = Dumped(ArticleTold(a));
    store::AppendEvent(s, std::move(event));
    return ArticleJson(*store::LoadArticle(s, a.id));
  });
}

Result<json> Articles::Change(ArticleId id, Article a, int64_t revision, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    auto old = store::LoadArticle(s, id);
    if (!old || old->article.gone) return NotFound();
    if (old->article.revision != revision)
      return Error{Code::kConflict, "这条宣传报道刚被别人改过，请看过最新内容后再改。", "revision",
                   "article.changed"};
    ZG_TRY(CheckArticle(a, words_, core_.Today()));
    ZG_TRY(CheckNamed(s, core_, a));
    a.id = id;
    a.revision = revision + 1;
    a.updated_by = actor.name;
    a.updated_at = core_.Now();
    store::UpdateArticle(s, a);
    Event event = core_.EventOf(actor, "article.changed", "article:" + std::to_string(id.value));
    event.before = Dumped(ArticleTold(old->article));
    event.after = Dumped(ArticleTold(a));
    store::AppendEvent(s, std::move(event));
    return ArticleJson(*store::LoadArticle(s, id));
  });
}

Result<json> Articles::Move(ArticleMove move, const std::vector<ArticleRef>& refs, const std::string& reason,
                            const Actor& actor) {
  if (refs.empty() || refs.size() > kMostAtOnce)
    return Error{Code::kInvalid, "请选择1到2000条。", "items", "article.count"};
  if (move == ArticleMove::kWithdraw && Trim(ToUtf32(reason)).empty())
    return Error{Code::kInvalid, "请写明撤下的理由。", "reason", "article.no_reason"};
  if (ToUtf32(reason).size() > kMostReason)
    return Error{Code::kInvalid, "理由请压到500字以内。", "reason", "article.bad"};
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    json items = json::array(), before = json::array(), after = json::array();
    for (const auto& ref : refs) {
      auto line = store::LoadArticle(s, ref.id);
      if (!line) return NotFound();
      Article& a = line->article;
      if (a.revision != ref.revision)
        return Error{Code::kConflict, "《" + a.title + "》刚被别人改过，请看过最新内容后再办。", "items",
                     "article.changed"};
      before.push_back(ArticleTold(a));
      ZG_TRY(Apply(a, move, move == ArticleMove::kWithdraw ? reason : ""));
      a.revision += 1;
      a.updated_by = actor.name;
      a.updated_at = core_.Now();
      store::UpdateArticle(s, a);
      after.push_back(ArticleTold(a));
      items.push_back(ArticleJson(*line));
    }
    Event event =
        core_.EventOf(actor, RowOf(move).event,
                      refs.size() == 1 ? "article:" + std::to_string(refs[0].id.value) : "articles");
    event.before = Dumped(json{{"items", std::move(before)}});
    event.after = Dumped(json{{"items", std::move(after)}});
    event.note = reason;
    store::AppendEvent(s, std::move(event));
    return json{{"items", std::move(items)}};
  });
}

Result<ExportedFile> Articles::Export(const store::ArticleFilter& filter, const Actor& actor) const {
  return core_.store->Write([&](store::Session& s) -> Result<ExportedFile> {
    auto lines = store::FindArticles(s, filter, Date(), {}, kMostExported + 1);
    if (lines.size() > size_t(kMostExported))
      return Error{Code::kInvalid, "超过两万条，请按时间或轮次分开导出。", "", "export.too_many"};
    ExportedFile file;
    file.name = "宣传报道-" + core_.Today().Iso() + ".xlsx";
    file.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    ZG_ASSIGN(file.bytes, WriteXlsx(ArticleTable(lines)));
    Event event = core_.EventOf(actor, "export.made", "articles");
    event.after = Dumped(json{{"file", file.name}, {"lines", lines.size()}});
    store::AppendEvent(s, std::move(event));
    return file;
  });
}

Result<json> Articles::Import(std::string_view bytes, const std::string& name, bool preview,
                              const Actor& actor) {
  ZG_ASSIGN(Document document, OpenArticleSheet(bytes, name));
  auto work = [&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(SheetArticles sheet, ReadArticleSheet(core_, s, words_, document, name));
    json faults = json::array(), items = json::array(), kept = json::array(), after = json::array();
    for (const auto& fault : sheet.faults)
      faults.push_back({{"cell", fault.cell}, {"message", fault.message}});
    if (!preview && !sheet.faults.empty())
      return Error{
          Code::kInvalid,
          sheet.faults[0].cell + "：" + sheet.faults[0].message + "改好后再导入，这次没有导入任何一条。",
          sheet.faults[0].cell, "article.refused"};
    int taken = 0, twice = 0;
    for (auto& a : sheet.articles) {
      if (store::SameArticle(s, a)) {
        ++twice;
        continue;
      }
      ++taken;
      if (preview) {
        if (int(items.size()) < kPreviewed)
          items.push_back({{"day", a.day.Iso()},
                           {"title", a.title},
                           {"medium", a.medium},
                           {"kind", a.kind},
                           {"level", a.level},
                           {"pieces", a.pieces}});
        continue;
      }
      a.updated_by = actor.name;
      a.updated_at = core_.Now();
      a.id = store::InsertArticle(s, a);
      kept.push_back({{"id", a.id.value}, {"revision", a.revision}});
      after.push_back(ArticleTold(a));
    }
    if (!after.empty()) {
      Event event = core_.EventOf(actor, "article.imported", "articles");
      event.after = Dumped(json{{"file", name}, {"items", std::move(after)}});
      store::AppendEvent(s, std::move(event));
    }
    return json{{"lines", sheet.lines},      {"taken", taken},         {"twice", twice}, {"faults", faults},
                {"items", std::move(items)}, {"kept", std::move(kept)}};
  };
  if (preview) return core_.store->Read(work);
  return core_.store->WriteAlone(work);
}

}  // namespace zg
