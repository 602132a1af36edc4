#include "store/known_texts.h"

#include <algorithm>
#include <vector>

#include "store/texts.h"

namespace zg::store {
namespace {

size_t BytesOf(const std::u32string& text) {
  return text.size() * sizeof(char32_t) + 200;  // what stands around it
}

}  // namespace

std::shared_ptr<const std::u32string> KnownTexts::Get(Session& session, int64_t text_id,
                                                      const std::string& sm3) {
  std::string key = std::to_string(text_id) + " " + sm3;
  {
    std::lock_guard lock(mutex_);
    if (auto it = known_.find(key); it != known_.end()) {
      it->second.used = ++now_;
      return it->second.text;
    }
  }
  auto text = std::make_shared<const std::u32string>(LoadPlainText(session, text_id));
  std::lock_guard lock(mutex_);
  if (known_.try_emplace(key, Known{text, ++now_}).second) bytes_ += BytesOf(*text);
  MakeRoom();
  return text;
}

// Down to three quarters, so that this is seldom done.
void KnownTexts::MakeRoom() {
  if (bytes_ <= most_bytes_) return;
  std::vector<std::pair<uint64_t, std::string>> by_age;
  for (const auto& [key, known] : known_) by_age.emplace_back(known.used, key);
  std::sort(by_age.begin(), by_age.end());
  for (const auto& [used, key] : by_age) {
    if (bytes_ <= most_bytes_ / 4 * 3) return;
    auto it = known_.find(key);
    bytes_ -= BytesOf(*it->second.text);
    known_.erase(it);
  }
}

}  // namespace zg::store
