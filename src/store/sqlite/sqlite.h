#pragma once
// SQLite behind the Database face. Whatever only SQLite knows stays in this folder.

#include <filesystem>
#include <memory>

#include "store/database.h"

namespace zg::store {

// The file is made where it is not there. WAL; a commit is on disk before it returns (synchronous FULL).
Result<std::unique_ptr<Database>> OpenSqlite(const std::filesystem::path& file);

namespace sqlite {

// Teaches a connection the tokenizer zg_pairs. Throws SqlError.
void RegisterTokenizer(void* connection);
std::unique_ptr<TextIndex> MakeTextIndex();
// Copies a live database page by page (the backup API) and checks the copy.
Status Copy(const std::filesystem::path& from, const std::filesystem::path& to);
// The pages of an open file and whether its indexes agree with its tables, "ok" or the first complaint.
std::string CheckPages(void* connection);

}  // namespace sqlite
}  // namespace zg::store
