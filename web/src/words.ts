// Words that more than one page uses.
import type { DocumentKind, RoundLevel, StateKind } from "@/api/types";

export const product = "督察整改台账";

export const states: Record<StateKind, string> = {
  completed: "已完成",
  in_progress: "正在推进",
  ongoing: "长期坚持",
  not_started: "未启动",
  not_stated: "未报状态",
};
export const stateOrder: StateKind[] = ["completed", "ongoing", "in_progress", "not_started", "not_stated"];
// What a document can say of a task; not_stated is what it leaves unsaid.
export const statableStates: StateKind[] = ["completed", "ongoing", "in_progress", "not_started"];

export const documentKinds: Record<DocumentKind, string> = {
  task_list: "任务清单",
  progress_report: "进展情况",
  report: "整改报告",
};

export const roundLevels: Record<RoundLevel, string> = {
  central: "中央督察",
  region: "省级督察",
  prefecture: "市（州）级督察",
  other: "其他",
};

export const fields: Record<string, string> = {
  title: "标题",
  kind: "文件类型",
  date: "成文日期",
  issuer: "落款单位",
  label: "序号",
  path: "层级编号",
  problem: "反馈问题",
  responsible: "责任单位",
  responsible_roles: "牵头与配合",
  acceptance: "验收单位",
  goal: "整改目标",
  deadline: "整改时限",
  measures: "整改措施",
  targets: "量化指标",
  status: "整改状态",
  progress: "整改进展",
  upstream_ordinal: "对应上级序号",
  is_task: "是否单列任务",
};

export const roles = { lead: "牵头", supporting: "配合" } as const;

export const common = {
  retry: "重试",
  cancel: "取消",
  save: "保存",
  close: "关闭",
  undo: "撤销",
  none: "未写明",
  loading: "正在载入…",
  requestId: "请求编号",
  where: "位置",
  more: "展开全文",
  less: "收起",
  open: "打开",
  back: "返回",
  all: "全部",
  print: "打印",
};

// "measures[2].text" → 整改措施第3条
export function fieldName(field: string): string {
  const item = /^(\w+)\[(\d+)\]/.exec(field) ?? /^(\w+)\.(\d+)/.exec(field);
  if (item) return `${fields[item[1]!] ?? item[1]}第${Number(item[2]) + 1}条`;
  return fields[field] ?? field;
}
