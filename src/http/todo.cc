// GET    /api/todo                     what the one who asks has to do
// GET    /api/notices                  newest first
// POST   /api/notices/read             all of them
// POST   /api/notices/{id}/read
// GET    /api/contacts                 who gets the letters of a unit, or of the office
// POST   /api/contacts
// DELETE /api/contacts/{id}
// GET    /api/letters                  waiting, sent, given up
// POST   /api/letters/{id}/again
#include "office/todo.h"

#include <nlohmann/json.hpp>

#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/notices.h"
#include "office/office.h"

namespace zg::http {
namespace {

Result<Response> ListNotices(Notices& notices, Request& request) {
  QueryReader q(request);
  std::string after = q.Text("after").value_or("");
  int limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(notices.List(after, limit, request.actor));
}

Result<Response> ListContacts(Contacts& contacts, Request& request) {
  QueryReader q(request);
  UnitId unit{q.Id("unit").value_or(0)};
  ZG_TRY(q.Finish());
  return Answer(contacts.List(unit));
}

Result<Response> AddContact(Contacts& contacts, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  UnitId unit{b.IdOrNull("unit_id").value_or(0)};
  std::string name = b.Text("name", 100);
  std::string email = b.Text("email", 254);
  ZG_TRY(b.Finish());
  return Answer(contacts.Add(unit, name, email, request.actor), 201);
}

Result<Response> RemoveContact(Contacts& contacts, Request& request) {
  ZG_TRY(NothingElse(request));
  return Answer(contacts.Remove(request.ids.at(0), request.actor));
}

Result<Response> ListLetters(Outbox& outbox, Request& request) {
  QueryReader q(request);
  std::string state = q.OneOf("state", {"waiting", "sent", "given_up"}).value_or("waiting");
  std::string after = q.Text("after").value_or("");
  int limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(outbox.List(state, after, limit));
}

}  // namespace

void BindTodo(Router& r, Office& office) {
  Notices& notices = office.notices();
  Contacts& contacts = office.contacts();
  Outbox& outbox = office.outbox();
  Todo& todo = office.todo();
  r.Get("/api/todo", Right::kSee, Plain([&](const Request& q) { return todo.Get(q.actor); }));
  r.Get("/api/notices", Right::kSee, [&](Request& q) { return ListNotices(notices, q); });
  r.Post("/api/notices/read", Right::kSee, Plain([&](const Request& q) { return notices.ReadAll(q.actor); }));
  r.Post("/api/notices/{id}/read", Right::kSee,
         Plain([&](const Request& q) { return notices.Read(q.ids.at(0), q.actor); }));
  r.Get("/api/contacts", Right::kDispatch, OnlyWhole([&](Request& q) { return ListContacts(contacts, q); }));
  r.Post("/api/contacts", Right::kDispatch, OnlyWhole([&](Request& q) { return AddContact(contacts, q); }));
  r.Delete("/api/contacts/{id}", Right::kDispatch,
           OnlyWhole([&](Request& q) { return RemoveContact(contacts, q); }));
  r.Get("/api/letters", Right::kDispatch, OnlyWhole([&](Request& q) { return ListLetters(outbox, q); }));
  r.Post("/api/letters/{id}/again", Right::kDispatch,
         OnlyWhole(Plain([&](const Request& q) { return outbox.Retry(q.ids.at(0), q.actor); })));
}

}  // namespace zg::http
