export const t = {
  title: "审计日志",
  lead: "谁在什么时候做了什么，最近的在前。每条都与前一条的摘要相连，改动任何一条，核验都会指出来。",
  who: "人员", anyone: "所有人员",
  what: "事项", anything: "所有事项", area: (name: string) => `${name}（全部）`,
  from: "从", to: "到",
  task: "任务号",
  clear: "清除筛选",
  xlsx: "导出 Excel", csv: "导出 CSV",
  none: "没有符合条件的记录", noneText: "请放宽时间或事项。",
  more: "更早的记录", loading: "正在载入…",
  subject: "对象", note: "理由", before: "之前", after: "之后", digest: "摘要（SM3）", seq: "序号",
  openTask: "打开任务",
};
