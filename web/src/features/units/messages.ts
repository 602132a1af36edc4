export const t = {
  title: "单位",
  lead: "文件中出现过的责任单位、验收单位。标“新”的是名录中没有、按原文登记的单位。",
  find: "查找单位名称或简称",
  cols: { name: "单位名称", kind: "性质", level: "层级", region: "地区", aliases: "简称、别名", tasks: "任务" },
  kinds: { party: "党委", government: "政府", department: "部门", organ: "部门", enterprise: "企业", corps: "兵团", group: "单位组合", region: "地区", unknown: "", other: "" } as Record<string, string>,
  levels: { central: "中央", region: "省级", province: "省级", prefecture: "市（州）级", county: "县级", township: "乡镇", unknown: "", none: "" } as Record<string, string>,
  fresh: "新",
  freshOnly: "只看新单位",
  none: "没有找到单位。",
  more: (n: number) => `仅显示任务最多的 ${n} 个，请输入名称查找其他单位。`,
};
