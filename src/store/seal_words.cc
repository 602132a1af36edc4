#include "store/seal_words.h"

#include <fmt/format.h>

namespace zg::store {

std::string BrokenSealSentence(const std::string& table, int64_t rows_now, int64_t rows_then) {
  std::string what = table == "schema" ? "表的定义" : "表 " + table + " 的内容";
  if (rows_now != rows_then) what += fmt::format("（应有{}行，现有{}行）", rows_then, rows_now);
  return what + "与系统最后一次写入时不符，被绕过系统改过。请用备份核对。";
}

std::string MissingTableSentence(const std::string& table) {
  return "表 " + table + " 不见了，被绕过系统删除。请用备份恢复。";
}

std::string NoSealsSentence() {
  return "各表的封签不见了，被绕过系统删除。请用备份恢复。";
}

}  // namespace zg::store
