#pragma once
// Who does it. Until sign-in comes, the door names itself: 本机用户 for the web UI, 命令行 for the commands.

#include <string>

namespace zg {

struct Actor {
  std::string name;
};

}  // namespace zg
