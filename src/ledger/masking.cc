#include "ledger/masking.h"

#include <algorithm>

#include "ledger/mask_scan.h"

namespace zg {

const MaskRule* MaskRules::Find(std::string_view id) const {
  for (const auto& rule : rules)
    if (rule.id == id) return &rule;
  return nullptr;
}

std::vector<Mask> FindMasks(const MaskRules& rules, std::u32string_view text) {
  std::vector<Mask> found;
  for (const auto& rule : rules.rules)
    for (Span span : ScanFor(rule, text)) found.push_back({rule.id, span, false});
  std::stable_sort(found.begin(), found.end(), [](const Mask& a, const Mask& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.size() > b.span.size();
  });
  std::vector<Mask> apart;
  for (auto& mask : found) {
    if (apart.empty() || mask.span.begin >= apart.back().span.end)
      apart.push_back(std::move(mask));
    else if (mask.span.size() > apart.back().span.size())
      apart.back() = std::move(mask);
  }
  return apart;
}

std::u32string ApplyMasks(const MaskRules& rules, std::u32string_view text, const std::vector<Mask>& masks) {
  std::u32string out;
  size_t at = 0;
  for (const auto& mask : masks) {
    size_t begin = std::min<size_t>(mask.span.begin, text.size());
    size_t end = std::min<size_t>(mask.span.end, text.size());
    if (mask.keep || begin < at || begin >= end) continue;
    out += text.substr(at, begin - at);
    const MaskRule* rule = rules.Find(mask.rule);
    out += rule ? rule->with : rules.by_hand;
    at = end;
  }
  out += text.substr(at);
  return out;
}

Status AddHandMask(std::vector<Mask>& masks, Span span, size_t length) {
  if (span.empty() || span.end > length)
    return Error{Code::kInvalid, "请先选中要隐去的文字，再点“隐去”。", "span", "mask.span"};
  std::erase_if(masks, [&](const Mask& m) {
    bool meets = m.span.begin < span.end && span.begin < m.span.end;
    if (meets && !m.keep) {  // a hidden place stays hidden as a whole
      span.begin = std::min(span.begin, m.span.begin);
      span.end = std::max(span.end, m.span.end);
    }
    return meets;
  });
  masks.push_back({kHandMask, span, false});
  std::sort(masks.begin(), masks.end(),
            [](const Mask& a, const Mask& b) { return a.span.begin < b.span.begin; });
  return {};
}

}  // namespace zg
