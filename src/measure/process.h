#pragma once
// What Linux says of this process: memory, time, open files. Inside of measure/ only.

#include <string>
#include <vector>

namespace zg::measure {

struct ProcessValue {
  std::string name, help;
  double value = 0;
  bool counter = false;
};

// Reads /proc/self; what cannot be read is left out. Any thread.
std::vector<ProcessValue> AboutThisProcess();

}  // namespace zg::measure
