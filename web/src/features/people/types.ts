export interface User {
  id: number; login: string; name: string; unit: { id: number; name: string } | null; roles: string[]; whole: boolean; alone: boolean;
  closed: boolean; must_change: boolean; email: string; outside: boolean; locked: boolean; seen: string | null; revision: number;
}
export interface RoleRow { name: string; title: string; administrator: boolean; rights: string[] }
export interface UnitSpot { id: number; name: string; children: number; users: number }
export interface UnitBranch { items: UnitSpot[]; next: string | null }

// 三员分立, told before the server refuses. → what is wrong, or "". Pure.
export function refusal(roles: string[], whole: boolean, unit: boolean, list: RoleRow[]): string {
  const administers = list.filter((r) => r.administrator && roles.includes(r.name)).length;
  if (!roles.length) return "请至少选择一个角色。";
  if (administers > 1) return "三名管理员应由三个人分别担任，请只选一个。";
  if (administers && roles.length > 1) return "管理员不能再兼其他角色，请另建一个用户。";
  if (administers) return "";
  const forUnit = (r: string): boolean => r === "reporter" || r === "acceptor";
  if (!unit && roles.some(forUnit)) return "责任单位、验收单位的用户要先由系统管理员选定所属单位。";
  if (!unit && !whole) return "这个用户没有所属单位：请选“全部台账”，或先由系统管理员选定单位。";
  if (whole && roles.every(forUnit)) return "责任单位、验收单位的用户只看本单位及下级的任务。";
  return "";
}
