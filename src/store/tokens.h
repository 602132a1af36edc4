#pragma once
// Text cut into what is searched for: pairs of neighbouring Han characters, whole words of anything else. The
// same cutting for every database, so that a query finds exactly what a scan of the text would.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace zg::store {

// Calls take(token, begin, end) for each token of the UTF-8 text; begin and end are bytes. 生态环境 gives
// 生态, 态环, 环境; a Han character alone gives itself; PM2.5 gives pm2, 5 (widths and case folded). Stops
// when take returns false. Linear; bytes that are not UTF-8 end a word.
void ForEachToken(std::string_view utf8, const std::function<bool(std::string_view, size_t, size_t)>& take);

// What a person typed, as phrases that all must occur: 黑沟河 水质 → {黑沟河}, {水质}; each a run of tokens.
// At most 8 phrases of at most 32 tokens.
std::vector<std::vector<std::string>> QueryPhrases(std::string_view q);

}  // namespace zg::store
