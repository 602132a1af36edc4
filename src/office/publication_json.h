#pragma once
// Publications as the API tells them. Inside of office/ only.

#include <nlohmann/json.hpp>

#include "ledger/publication.h"
#include "office/actor.h"
#include "store/sql.h"

namespace zg {

struct OfficeCore;

// `who`: whether they had a hand in it, and so cannot release it.
nlohmann::json PublicationJson(store::Session& session, const Publication& publication, const Signed& who);
// … with its fields in parts.
nlohmann::json PublicationWhole(store::Session& session, const OfficeCore& core,
                                const Publication& publication, const Signed& who);

}  // namespace zg
