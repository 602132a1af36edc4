// Today in Beijing by this machine's clock; the server's as_of takes its place where it is known.
import { beijingToday } from "./dates";

let known = "";

export function today(): string {
  return known || beijingToday(new Date());
}

export function setToday(asOf: string): void {
  known = asOf;
}
