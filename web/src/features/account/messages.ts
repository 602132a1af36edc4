export const t = {
  title: "我的账号",
  facts: { login: "登录名", name: "姓名", unit: "所属单位", roles: "角色", scope: "可见范围" },
  noUnit: "不属任何单位",
  noRoles: "还没有授权，请联系安全管理员",
  whole: "全部台账",
  unit: "本单位及下级的任务",
  nothing: "不看台账内容",
  alone: "单机使用，一个人担任全部角色",
  changeHint: "姓名、单位有误请联系系统管理员，角色请联系安全管理员。",
  password: "修改密码",
  outside: "您用统一身份登录，密码请在统一身份平台修改。",
  first: "请先把初始密码改成自己的密码",
  firstText: "初始密码由管理员设定，只用于第一次登录。改好后就可以开始使用。",
  old: "现在的密码",
  fresh: "新密码",
  save: "修改密码",
  saving: "正在修改…",
  saved: "密码已修改，其他设备上的登录都已结束。",
  sessions: "登录着的设备",
  idle: "两小时不操作会自动退出，已填写未保存的内容留在页面上，重新登录后可以接着办理。",
  here: "当前",
  cols: { device: "设备", address: "地址", began: "登录时间", seen: "最近活动" },
  end: "结束",
  elsewhere: "退出其他设备",
  ended: (n: number) => (n ? `已结束其他设备上的 ${n} 次登录。` : "没有其他设备上的登录。"),
  endedOne: "已结束这次登录。",
  only: "没有其他设备登录着。",
};

// A browser's own description in words that mean something.
export function device(agent: string): string {
  const system = /Windows NT/.test(agent) ? "Windows" : /Android/.test(agent) ? "安卓" : /iPhone|iPad/.test(agent) ? "苹果手机或平板" : /Mac OS X/.test(agent) ? "苹果电脑" : /Linux/.test(agent) ? "Linux" : "";
  const browser = /MicroMessenger/.test(agent) ? "微信" : /Edg\//.test(agent) ? "Edge" : /Firefox\//.test(agent) ? "Firefox" : /Chrome\//.test(agent) ? "Chrome 类浏览器" : /Safari\//.test(agent) ? "Safari" : "";
  return [system, browser].filter(Boolean).join("，") || "其他程序";
}
