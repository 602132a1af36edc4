// The rules for passwords, told before the server refuses (GB/T 22239-2019 8.1.4.1; the same as the server's). Pure.
export interface Rule {
  text: string;
  good: boolean;
}

// The first word of what everybody tries; the server knows them all and has the last word.
const common = ["password", "passw0rd", "p@ssw", "admin", "qwerty", "asdfgh", "1q2w3e", "1qaz2wsx", "abc123", "abcd1234", "123456", "654321", "111111", "000000", "888888", "666666", "woaini", "iloveyou"];

export function passwordRules(password: string, login: string, name: string): Rule[] {
  const signs = [...password];
  const kinds = Number(/[a-zA-Z]/.test(password)) + Number(/\d/.test(password)) + Number(/[^a-zA-Z\d]/.test(password));
  const lower = password.toLowerCase();
  const own = (login.length >= 3 && lower.includes(login.toLowerCase())) || (name !== "" && password.includes(name));
  const known = common.some((word) => lower.includes(word) && password.length - word.length < 6);
  return [
    { text: "至少10个字符", good: signs.length >= 10 },
    { text: "字母、数字、符号（或汉字）中至少有两种", good: kinds >= 2 },
    { text: "不含登录名和姓名", good: password !== "" && !own },
    { text: "不是常见密码，也不是几个字符反复", good: password !== "" && !known && new Set(signs).size >= 5 },
  ];
}

export function isGood(password: string, login: string, name: string): boolean {
  return passwordRules(password, login, name).every((rule) => rule.good);
}
