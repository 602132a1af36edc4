#include "ledger/event_title.h"

#include <map>

namespace zg {
namespace {

const std::map<std::string_view, std::string_view>& Titles() {
  static const std::map<std::string_view, std::string_view> titles = {
      {"article.added", "登记宣传报道"},
      {"article.changed", "修改宣传报道"},
      {"article.hidden", "宣传报道标为不公开"},
      {"article.imported", "导入宣传报道"},
      {"article.opened", "宣传报道标为可公开"},
      {"article.restored", "恢复宣传报道"},
      {"article.withdrawn", "撤下宣传报道"},
      {"auth.failed", "登录失败"},
      {"auth.refused", "越权操作被拒绝"},
      {"auth.signed_in", "登录"},
      {"auth.signed_out", "退出登录"},
      {"auth.signed_out_elsewhere", "结束其他设备的登录"},
      {"breakdown.changed", "修改任务分解"},
      {"breakdown.reopened", "撤销完成分解步骤"},
      {"task.handed_down", "任务分解到下级"},
      {"schedule.changed", "修改自动开期规则"},
      {"reminders.made", "生成提醒"},
      {"contact.added", "添加联系人"},
      {"contact.removed", "删除联系人"},
      {"letter.again", "重发邮件"},
      {"visit.added", "添加督导安排"},
      {"visit.changed", "修改督导安排"},
      {"visit.removed", "撤下督导安排"},
      {"cases.begun", "任务进入流程"},
      {"breakdown.done", "完成分解步骤"},
      {"case.look_back", "开展回头看"},
      {"case.rebound", "反弹，重新整改"},
      {"case.rechecked", "复查"},
      {"case.returned", "退回上一环节"},
      {"case.step", "办理销号环节"},
      {"draft.corrected", "入账前修改"},
      {"draft.supersedes", "确定版本关系"},
      {"draft.undone", "入账前撤销修改"},
      {"evidence.added", "上传资料"},
      {"evidence.described", "修改资料登记内容"},
      {"evidence.removal_asked", "申请移除资料"},
      {"evidence.removal_refused", "不同意移除资料"},
      {"evidence.removed", "批准移除资料"},
      {"evidence.replaced", "上传资料新版本"},
      {"evidence.tied", "关联资料"},
      {"export.made", "导出、下载"},
      {"finding.explained", "说明核验结果"},
      {"finding.reopened", "撤回核验说明"},
      {"import.committed", "提交入账"},
      {"import.discarded", "放弃导入"},
      {"import.failed", "文件读取失败"},
      {"import.read", "读取文件"},
      {"import.received", "收到文件"},
      {"ledger.rebuilt", "重建索引"},
      {"link.confirmed", "确认关联"},
      {"link.made", "手工添加关联"},
      {"link.rejected", "否定关联"},
      {"paper.issued", "出具公文"},
      {"period.closed", "结束调度期"},
      {"period.opened", "开启调度期"},
      {"publication.changed", "修改拟公开文字"},
      {"publication.dropped", "放弃公开"},
      {"publication.masked", "调整公开内容的隐去处"},
      {"publication.proposed", "拟公开"},
      {"publication.released", "复核公开"},
      {"publication.replaced", "公开内容更新"},
      {"publication.returned", "退回拟公开"},
      {"publication.submitted", "提交公开复核"},
      {"publication.withdrawn", "撤回公开"},
      {"report.accepted", "采纳调度情况"},
      {"report.drafted", "填写调度情况"},
      {"report.returned", "退回调度情况"},
      {"report.submitted", "上报调度情况"},
      {"round.made", "新建督察轮次"},
      {"task.changed_by_source", "随文件新版本更新"},
      {"task.corrected", "修改任务"},
      {"task.gone", "文件新版本中已删去"},
      {"template.uploaded", "更换公文模板"},
      {"template.retired", "改回内置公文模板"},
      {"unit.made", "新建单位"},
      {"unit.placed", "调整单位上级"},
      {"user.changed", "修改用户资料"},
      {"user.closed", "停用用户"},
      {"user.granted", "调整用户角色"},
      {"user.joined", "与统一身份对应"},
      {"user.made", "新建用户"},
      {"user.opened", "恢复用户"},
      {"user.password", "修改密码"},
      {"user.reset", "重置密码"},
      {"user.unlocked", "解除登录锁定"},
      {"vault.extra_removed", "清理无主文件"},
  };
  return titles;
}

const std::map<std::string_view, std::string_view>& Areas() {
  static const std::map<std::string_view, std::string_view> areas = {
      {"article", "宣传报道"}, {"auth", "登录"},        {"breakdown", "任务分解"}, {"case", "验收销号"},
      {"draft", "入账核对"},   {"evidence", "资料"},    {"export", "导出"},        {"finding", "核验"},
      {"import", "导入"},      {"ledger", "台账维护"},  {"link", "关联"},          {"paper", "公文"},
      {"period", "调度期"},    {"publication", "公开"}, {"reminders", "提醒"},     {"report", "上报"},
      {"round", "督察轮次"},   {"task", "任务"},        {"template", "公文模板"},  {"unit", "单位"},
      {"user", "用户"},        {"vault", "资料库"},
  };
  return areas;
}

std::string Find(const std::map<std::string_view, std::string_view>& titles, std::string_view key) {
  auto it = titles.find(key);
  return std::string(it == titles.end() ? key : it->second);
}

}  // namespace

std::string EventTitle(std::string_view kind) {
  return Find(Titles(), kind);
}
std::string EventAreaTitle(std::string_view area) {
  return Find(Areas(), area);
}

}  // namespace zg
