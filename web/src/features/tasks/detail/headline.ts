// The first statement of a problem, short enough for a heading. Pure.
export function headline(problem: string, most = 46): string {
  const first = /^[^。；！？\n]{2,}/.exec(problem.trim())?.[0] ?? problem.trim();
  if (first.length <= most) return first;
  const comma = first.lastIndexOf("，", most);
  return `${first.slice(0, comma >= 12 ? comma : most)}…`;
}
