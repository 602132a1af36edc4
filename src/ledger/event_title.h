#pragma once
// What events are called by people who read them.

#include <string>
#include <string_view>

namespace zg {

std::string EventTitle(std::string_view kind);  // "task.corrected" → 修改任务; an unknown kind as it is
std::string EventAreaTitle(std::string_view area);  // "auth" → 登录

}  // namespace zg
