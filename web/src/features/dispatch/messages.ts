import type { ReportState, ReportStatus } from "./types";

export const statusText: Record<ReportStatus, string> = { empty: "未填", draft: "草稿", submitted: "待审", returned: "退回", accepted: "通过" };
// Colour alone would not do: every square carries a mark.
export const statusMark: Record<ReportStatus, string> = { empty: "", draft: "…", submitted: "审", returned: "退", accepted: "✓" };
export const stateText: Record<ReportState, string> = { not_started: "未启动", in_progress: "正在推进", ongoing: "长期坚持", completed: "已完成" };
export const t = {
  title: "调度",
  open: "开新一期",
  code: "调度期",
  codeHint: "月写作 2026-11，季度写作 2026-Q4",
  due: "上报截止日",
  dueHint: "不填即为本期最后一天",
  openAct: "开始调度",
  cancel: "取消",
  opened: (name: string, n: number) => `${name}已开始调度，共${n}份待报。`,
  none: "还没有开过调度",
  noneText: "开一期调度后，每个责任单位会收到自己的上报表，列出它负责的待整改任务。",
  owingOnly: "只看还有未报的单位",
  owing: (n: number) => `${n}个单位还有未报`,
  dueBy: (day: string) => `截止${day}`,
  daysLeft: (n: number) => (n > 0 ? `还有${n}天` : n === 0 ? "今天截止" : `已逾期${-n}天`),
  closed: "已结束",
  unit: "责任单位",
  squares: "任务（每格一项）",
  answered: "已报",
  more: "显示更多单位",
  allAnswered: "所有单位都已报齐。",
  reports: (unit: string) => `${unit}的上报`,
  acceptAll: (n: number) => `通过所选 ${n} 份`,
  returnAll: (n: number) => `退回所选 ${n} 份`,
  remark: "退回意见（单位会看到）",
  returnAct: "退回",
  accepted: (n: number) => `已通过${n}份。`,
  returned: (n: number) => `已退回${n}份。`,
  pickAll: "全选待审的",
  behind: "未达序时进度",
  still: "与上期相同",
  openForm: "打开",
};
