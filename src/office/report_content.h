#pragma once
// What a report says, as JSON. Inside of office/ only.

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "ledger/dispatch_report.h"

namespace zg {

nlohmann::json ContentJson(const ReportContent& content);
// Sets the members that `changes` names. kInvalid (report.bad): no object, an unknown member, a wrong type, a
// text over 10,000 characters, more than 50 figures or 200 pieces of evidence.
Status ChangeContent(ReportContent& content, const nlohmann::json& changes);

}  // namespace zg
