#pragma once
// What is said of a table whose rows are not as this program last wrote them. The same for every database.

#include <cstdint>
#include <string>

namespace zg::store {

// "schema" is no table but all definitions.
std::string BrokenSealSentence(const std::string& table, int64_t rows_now, int64_t rows_then);
std::string MissingTableSentence(const std::string& table);
std::string NoSealsSentence();

}  // namespace zg::store
