#include "store/contacts.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "office/core.h"
#include "store/events.h"
#include "store/units.h"

namespace zg {
namespace {

using nlohmann::json;

json ContactJson(const store::Contact& c) {
  return {
      {"id", c.id}, {"unit_id", c.unit ? json(c.unit.value) : json()}, {"name", c.name}, {"email", c.email}};
}

json ListOf(store::Session& s, UnitId unit) {
  json items = json::array();
  for (const auto& contact : store::ContactsOf(s, unit)) items.push_back(ContactJson(contact));
  return {{"items", std::move(items)}};
}

bool IsOneLine(const std::string& text) {
  for (unsigned char c : text)
    if (c < 0x20 || c == 0x7F) return false;
  return true;
}

}  // namespace

Result<json> Contacts::List(UnitId unit) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> { return ListOf(s, unit); });
}

Result<json> Contacts::Add(UnitId unit, const std::string& name, const std::string& email,
                           const Actor& actor) {
  std::u32string trimmed(Trim(ToUtf32(name)));
  if (trimmed.empty() || trimmed.size() > 50 || !IsOneLine(name))
    return Error{Code::kInvalid, "联系人姓名须是一行、不超过五十字。", "name", "contact.name"};
  if (!IsAddress(email))
    return Error{Code::kInvalid, "邮箱地址写得不对，应如 name@example.cn。", "email", "contact.email"};
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    if (unit && !store::LoadUnit(s, unit))
      return Error{Code::kNotFound, "没有这个单位，请刷新后重新选择。", "unit_id", "unit.not_found"};
    store::Contact contact{0, unit, ToUtf8(trimmed), email};
    auto id = store::AddContact(s, contact);
    if (!id) return Error{Code::kConflict, "这个邮箱已经在单位的联系人里。", "email", "contact.exists"};
    contact.id = *id;
    Event event = core_.EventOf(actor, "contact.added", "unit:" + std::to_string(unit.value));
    event.after = ContactJson(contact).dump();
    store::AppendEvent(s, event);
    return ContactJson(contact);
  });
}

Result<json> Contacts::Remove(int64_t id, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    auto contact = store::LoadContact(s, id);
    if (!contact) return Error{Code::kNotFound, "没有这个联系人，请刷新后再看。", "", "contact.not_found"};
    store::DropContact(s, id);
    Event event = core_.EventOf(actor, "contact.removed", "unit:" + std::to_string(contact->unit.value));
    event.before = ContactJson(*contact).dump();
    store::AppendEvent(s, event);
    return ListOf(s, contact->unit);
  });
}

}  // namespace zg
