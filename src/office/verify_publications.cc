#include "office/verify_publications.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "office/json.h"
#include "store/publications.h"

namespace zg {

void PublicationProof::Note(const Event& event) {
  if (event.kind.rfind("publication.", 0) == 0) said_[event.subject] = {ValueOf(event.after), event.seq};
}

void PublicationProof::Check(store::Session& session, const Break& say) {
  PublicationId after;
  for (;;) {
    auto batch = store::PublicationsAfter(session, after, 200);
    for (const auto& p : batch) {
      after = p.id;
      std::string where = fmt::format("公开内容{}《{}》", p.id.value, p.title);
      auto last = said_.find("publication:" + std::to_string(p.id.value));
      if (last == said_.end()) {
        say("publication", where, "没有任何事件记载这项公开内容，应是绕过系统加进来的。");
        continue;
      }
      if (last->second.first != PublicationTold(p))
        say("publication", where,
            fmt::format("公开内容与最后一次留痕（事件{}）不符，被绕过系统改过。请对照事件核对。",
                        last->second.second));
      if (!p.snapshot.empty() && Sm3Hex(p.snapshot) != p.sm3)
        say("publication", where, "公开的快照与它的摘要不符，被绕过系统改过。请撤回后重新公开。");
      said_.erase(last);
    }
    if (batch.empty()) break;
  }
  for (const auto& [subject, last] : said_)
    say("publication", subject,
        fmt::format("事件{}里有这项公开内容，台账里却没有了，应是被绕过系统删除。", last.second));
}

}  // namespace zg
