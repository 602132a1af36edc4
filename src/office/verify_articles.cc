#include "office/verify_articles.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "office/json.h"
#include "store/articles.h"

namespace zg {
namespace {

std::string DigestOf(const nlohmann::json& told) {
  return Sm3Hex(told.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

void ArticleProof::Note(const Event& event) {
  if (event.kind.rfind("article.", 0) != 0) return;
  nlohmann::json after = ValueOf(event.after);
  if (!after.is_object()) return;
  auto take = [&](const nlohmann::json& told) {
    if (told.is_object()) said_[told.value("id", int64_t(0))] = {DigestOf(told), event.seq};
  };
  if (!after.contains("items")) return take(after);
  for (const auto& told : after["items"]) take(told);
}

void ArticleProof::Check(store::Session& session, const Break& say) {
  ArticleId after;
  for (;;) {
    auto batch = store::ArticlesAfter(session, after, 500);
    for (const auto& a : batch) {
      after = a.id;
      std::string where = fmt::format("宣传报道{}《{}》", a.id.value, a.title);
      auto last = said_.find(a.id.value);
      if (last == said_.end()) {
        say("article", where, "没有任何事件记载这条宣传报道，应是绕过系统加进来的。");
        continue;
      }
      if (last->second.digest != DigestOf(ArticleTold(a)))
        say("article", where,
            fmt::format("宣传报道与最后一次留痕（事件{}）不符，被绕过系统改过。请对照事件核对。",
                        last->second.seq));
      said_.erase(last);
    }
    if (batch.empty()) break;
  }
  for (const auto& [id, last] : said_)
    say("article", fmt::format("宣传报道{}", id),
        fmt::format("事件{}里有这条宣传报道，台账里却没有了，应是被绕过系统删除。", last.seq));
}

}  // namespace zg
