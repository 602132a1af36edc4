import { describe, expect, it } from "vitest";
import { countConditions, filterFromQuery, nextSort, presetRange, queryFromFilter, serverQuery } from "./filter";

describe("the address bar", () => {
  it("gives back every condition that was put into it", () => {
    const query = { round: "2", unit: "7", unit_name: "省水利厅", role: "lead", state: "in_progress,not_stated", due_from: "2024-01-01",
      due_to: "2024-06-30", overdue: "true", long_term: "true", q: "污水", sort: "-due", region: "330100" };
    expect(queryFromFilter(filterFromQuery(query))).toEqual(query);
  });
  it("stays empty for the plain list", () => {
    expect(queryFromFilter(filterFromQuery({}))).toEqual({});
    expect(queryFromFilter(filterFromQuery({ sort: "number" }))).toEqual({});
  });
  it("leaves out what makes no sense", () => {
    const filter = filterFromQuery({ round: "x", state: "done,completed", due_from: "2024-02-30", sort: "colour", overdue: "yes", role: "boss" });
    expect(queryFromFilter(filter)).toEqual({ state: "completed" });
  });
});

describe("what the server is asked", () => {
  it("has no words meant for people, and no role without a unit", () => {
    expect(serverQuery(filterFromQuery({ unit: "7", unit_name: "省水利厅", role: "lead" }))).toEqual({ unit: "7", role: "lead" });
    expect(serverQuery(filterFromQuery({ role: "lead", q: "水" })).role).toBeUndefined();
  });
});

it("counts a range of days as one condition and sorting as none", () => {
  expect(countConditions(filterFromQuery({ due_from: "2024-01-01", due_to: "2024-02-01", sort: "-due", state: "completed" }))).toBe(2);
  expect(countConditions(filterFromQuery({}))).toBe(0);
});

it("knows this month, the next one over the new year, the quarter and ninety days", () => {
  expect(presetRange("month", "2024-02-10")).toEqual(["2024-02-01", "2024-02-29"]);
  expect(presetRange("next", "2023-12-31")).toEqual(["2024-01-01", "2024-01-31"]);
  expect(presetRange("quarter", "2024-08-01")).toEqual(["2024-07-01", "2024-09-30"]);
  expect(presetRange("d90", "2024-01-01")).toEqual(["2024-01-01", "2024-03-31"]);
});

it("turns the order round on the second click", () => {
  expect(nextSort("number", "due")).toBe("due");
  expect(nextSort("due", "due")).toBe("-due");
  expect(nextSort("-due", "due")).toBe("due");
});
