#include <sqlite3.h>

#include "store/sqlite/sqlite.h"
#include "store/tokens.h"

namespace zg::store::sqlite {
namespace {

struct Pairs {};  // the tokenizer has no state

int Create(void*, const char**, int, Fts5Tokenizer** out) {
  *out = reinterpret_cast<Fts5Tokenizer*>(new Pairs);
  return SQLITE_OK;
}

void Delete(Fts5Tokenizer* tokenizer) {
  delete reinterpret_cast<Pairs*>(tokenizer);
}

int Tokenize(Fts5Tokenizer*, void* context, int, const char* text, int size,
             int (*token)(void*, int, const char*, int, int, int)) {
  int rc = SQLITE_OK;
  ForEachToken(std::string_view(text, size_t(size)), [&](std::string_view t, size_t begin, size_t end) {
    rc = token(context, 0, t.data(), int(t.size()), int(begin), int(end));
    return rc == SQLITE_OK;
  });
  return rc;
}

fts5_api* ApiOf(sqlite3* db) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, nullptr) != SQLITE_OK) return nullptr;
  sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

void RegisterTokenizer(void* connection) {
  static fts5_tokenizer tokenizer = {Create, Delete, Tokenize};
  fts5_api* api = ApiOf(static_cast<sqlite3*>(connection));
  if (!api || api->xCreateTokenizer(api, "zg_pairs", nullptr, &tokenizer, nullptr) != SQLITE_OK) {
    throw SqlError({Code::kUnavailable, "数据库组件不支持全文检索，请重新运行安装脚本。", "",
                    "store.no_search", "fts5"});
  }
}

}  // namespace zg::store::sqlite
