export const t = {
  title: "搜索",
  label: "搜索任务和原文",
  hint: "输入两个字以上，例如：污水处理厂",
  short: "请再输入一个字：单字结果太多，不便查找。",
  tasks: "任务",
  paragraphs: "原文段落",
  none: (q: string) => `没有找到“${q}”。可以换一种说法，或减少文字。`,
  total: (n: number, capped: boolean) => (capped ? `${n} 处以上` : `共 ${n} 处`),
  all: "查看全部结果",
  keys: "↑↓ 选择，Enter 打开，Esc 关闭",
  searching: "正在搜索…",
  more: "显示更多",
};
