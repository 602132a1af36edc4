#include "document/budget.h"

#include <fmt/format.h>

#include "document/failure.h"

namespace zg::document {
namespace {

constexpr uint64_t kMaxBlocks = 1'000'000;  // about 100 MB of Block

}  // namespace

Budget::Budget(const ReadLimits& limits) : limits_(limits) {
  RestartClock();
}

void Budget::RestartClock() {
  end_ = std::chrono::steady_clock::now() + std::chrono::seconds(limits_.seconds);
}

std::chrono::milliseconds Budget::Left() const {
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end_ - std::chrono::steady_clock::now());
  return std::max(left, std::chrono::milliseconds(0));
}

bool Budget::Stopped() {
  if (error_) return true;
  if (calls_++ % 64 == 0 && std::chrono::steady_clock::now() > end_) Fail(TimedOut(limits_.seconds));
  return error_.has_value();
}

void Budget::Fail(Error error) {
  if (!error_) error_ = std::move(error);
}

bool Budget::TakeUnpacked(uint64_t bytes) {
  if (error_) return false;
  if (bytes > limits_.max_unpacked_bytes - std::min(unpacked_, limits_.max_unpacked_bytes)) {
    Fail(TooLarge(
        fmt::format("文件解压后超过{}MB，像是压缩炸弹，没有读取；请确认文件来源，或把它拆成几个小文件。",
                    limits_.max_unpacked_bytes >> 20)));
    return false;
  }
  unpacked_ += bytes;
  return true;
}

bool Budget::TakeText(uint64_t code_points) {
  if (error_) return false;
  text_ += code_points;
  if (text_ > limits_.max_text) {
    Fail(TooLarge(fmt::format("文件里的文字超过{}万字，没有读取；请拆成几个小文件后再导入。",
                              limits_.max_text / 10000)));
  }
  return !error_;
}

bool Budget::TakeBlock() {
  if (error_) return false;
  if (++blocks_ > kMaxBlocks) {
    Fail(TooLarge(fmt::format("文件里的段落和单元格超过{}万个，没有读取；请拆成几个小文件后再导入。",
                              kMaxBlocks / 10000)));
  }
  return !error_;
}

}  // namespace zg::document
