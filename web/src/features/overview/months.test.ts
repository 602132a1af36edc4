import { describe, expect, it } from "vitest";
import type { TaskItem } from "@/api/types";
import { axisTicks, buckets, chooseGrain } from "./months";
import { countSoon, soonFilter } from "./soon";

const months = [
  { month: "2023-11", due: 3, completed: 1 },
  { month: "2024-02", due: 2, completed: 2 },
  { month: "2024-12", due: 5, completed: 0 },
];

describe("buckets", () => {
  it("keeps empty months, so that a gap is seen", () => {
    const b = buckets(months.slice(0, 2), "2024-06-15", "month");
    expect(b.map((x) => x.label)).toEqual(["11月", "12月", "2024", "2月"]);
    expect(b.map((x) => x.done + x.late + x.open)).toEqual([3, 0, 0, 2]);
  });
  it("counts as late only what is open and past", () => {
    const b = buckets(months, "2024-06-15", "year");
    expect(b).toMatchObject([
      { title: "2023年", from: "2023-01-01", to: "2023-12-31", done: 1, late: 2, open: 0 },
      { title: "2024年", done: 2, late: 0, open: 5 },
    ]);
  });
  it("joins months to quarters that begin in January, April, …", () => {
    const b = buckets(months, "2024-01-31", "quarter");
    expect(b[0]).toMatchObject({ title: "2023年第4季度", from: "2023-10-01", to: "2023-12-31", late: 2 });
    expect(b).toHaveLength(5);
  });
  it("is empty without deadlines", () => expect(buckets([], "2024-01-01", "month")).toEqual([]));
});

it("chooses the finest grain that fits", () => {
  expect(chooseGrain(months, 24)).toBe("month");
  expect(chooseGrain(months, 12)).toBe("quarter");
  expect(chooseGrain(months, 3)).toBe("year");
});

it("ends the axis at or above the highest bar, in round steps", () => {
  expect(axisTicks(3)).toEqual([0, 1, 2, 3]);
  expect(axisTicks(17)).toEqual([0, 5, 10, 15, 20]);
  expect(axisTicks(940)).toEqual([0, 500, 1000]);
  expect(axisTicks(0)).toEqual([0]);
});

it("counts what is due within thirty days, and says when the ten named ones are not all", () => {
  const due = (...days: string[]): TaskItem[] => days.map((d) => ({ due: d }) as TaskItem);
  expect(countSoon({ as_of: "2024-06-15", due_soon: due("2024-06-15", "2024-07-15", "2024-07-16") })).toBe(2);
  expect(countSoon({ as_of: "2024-06-15", due_soon: due(...new Array<string>(10).fill("2024-06-30")) })).toBeNull();
  expect(countSoon({ as_of: "2024-06-15", due_soon: due(...new Array<string>(9).fill("2024-06-30"), "2024-12-31") })).toBe(9);
  expect(soonFilter("2024-06-15")).toMatchObject({ due_from: "2024-06-15", due_to: "2024-07-15" });
});
