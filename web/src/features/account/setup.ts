// The words of the first page, and what it checks before the server does.
export interface Newcomer {
  login: string;
  name: string;
  password: string;
  twice: string;
}
export interface Seat {
  title: string;
  does: string;
  login: string; // proposed
}

export const alone: Seat = { title: "使用人", does: "一个人担任全部角色，所有操作仍会留痕。", login: "" };
export const administrators: Seat[] = [
  { title: "系统管理员", does: "建立和停用用户，维护单位层级。不能授权，看不到任务内容。", login: "sysadmin" },
  { title: "安全管理员", does: "给用户授予角色和可见范围，重置密码、解除锁定。不能新建用户。", login: "secadmin" },
  { title: "审计管理员", does: "查看和导出审计日志，核验台账有没有被改动。不能改任何内容。", login: "auditadmin" },
];

export function newcomer(login: string): Newcomer {
  return { login, name: "", password: "", twice: "" };
}
export function loginIsGood(login: string): boolean {
  return /^[a-z0-9._-]{2,40}$/.test(login);
}

export const t = {
  title: "首次设置",
  lead: "台账里还没有用户。请选择使用方式，建立第一批用户。",
  noLink: "请用完整的设置链接打开",
  noLinkText: "设置链接在服务启动时显示，形如 http://…/setup#一串字符，24小时内有效，只能用一次。请在启动服务的窗口里复制完整地址；链接过期时，重新启动服务会给出新的。",
  way: "使用方式",
  one: "单机使用（我一个人办公）",
  oneText: "台账只在这台电脑上用，由您一个人担任全部角色。以后可以再增加用户，改为多人使用。",
  three: "多人使用（三员分立）",
  threeText: "多个单位、多人使用。先建三名管理员，由三个人分别担任，互相制约；其他用户由他们建立和授权。",
  login: "登录名",
  loginHint: "2到40个小写字母、数字或 . _ -",
  name: "姓名",
  password: "密码",
  different: "三个人的登录名和姓名不能相同。",
  eachTypes: "密码最好由本人输入。",
  make: "完成设置",
  making: "正在建立…",
  done: "设置完成",
  next: [
    "系统管理员登录后，在“单位与用户”里建立单位和用户，把初始密码交给本人。",
    "安全管理员登录后，给这些用户授予角色和可见范围。",
    "用户第一次登录时修改初始密码，即可开始使用。",
    "审计管理员随时可以查看、导出审计日志。",
  ],
  toSignIn: "去登录",
};
