// The month that a day lies in, as a period's code: 2026-11.
export function codeOfDay(day: Date): string {
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}`;
}
