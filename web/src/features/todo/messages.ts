import type { TodoKind } from "./types";

export const groupText: Record<TodoKind, string> = {
  returned: "被退回，要修改重报",
  late: "已逾期，尽快上报",
  due: "待上报",
  accept: "待审的上报",
  owing: "还没报齐的调度",
  breakdown: "本单位的分解步骤",
  steps: "待办理的环节",
  findings: "未说明的核验错误",
  letters: "没有送达的邮件",
  notices: "未读通知",
};
// Where the whole of a group is seen.
export const groupLink: Partial<Record<TodoKind, string>> = {
  accept: "/dispatch",
  owing: "/dispatch",
  steps: "/closeout",
  findings: "/checks?severity=error",
  notices: "/notices",
};
export const t = {
  title: "我的待办",
  none: "没有待办",
  noneText: "现在没有要您处理的事项。有新的上报要求、退回或待办环节时，会列在这里。",
  all: "查看全部",
  count: (kind: TodoKind, n: number, more: boolean) => (kind === "owing" ? `${n}个单位` : kind === "letters" ? `${n}封` : more ? `${n}项以上` : `${n}项`),
  rest: (n: number) => `另有${n}项`,
  left: (n: number) => (n > 1 ? `还有${n}天` : n === 1 ? "明天到期" : n === 0 ? "今天到期" : `逾期${-n}天`),
  toNotices: (unread: number) => (unread ? `通知（${unread}条未读）` : "通知"),
};
export const n = {
  title: "通知",
  none: "还没有通知",
  noneText: "上报和办理环节到期前30天、7天、1天、当天和逾期后每天，系统会在这里提醒，每天至多一条。",
  readAll: "全部标为已读",
  markRead: "标为已读",
  unread: "未读",
  late: "逾期",
  more: "更早的通知",
  letters: "邮件",
  lettersOff: "没有设置邮件服务器（smtp_url），提醒只在系统内显示。",
  waiting: (k: number) => `待发 ${k} 封`,
  givenUp: (k: number) => `停发 ${k} 封`,
  again: "重发",
  againDone: "已重新排队，稍后发出。",
};
