import { describe, expect, it } from "vitest";
import { asksFor, placeFrom, placeQuery, serverQuery } from "./place";

describe("the address of a chart", () => {
  it("gives back what was put into it", () => {
    const query = { chart: "wall", round: "2", region: "330100", unit: "7", unit_name: "省水利厅", show: "at_risk", group: "unit", size: "a1", page: "3" };
    expect(placeQuery(placeFrom(query))).toEqual(query);
  });
  it("is empty for the chart that opens first", () => expect(placeQuery(placeFrom({}))).toEqual({}));
  it("leaves out what makes no sense", () => {
    expect(placeQuery(placeFrom({ chart: "pie", round: "x", show: "done", from: "2024-02-30", page: "0" }))).toEqual({});
  });
});

describe("what the server is asked", () => {
  it("keeps conditions that a table of all tasks does not know to itself", () => {
    const place = placeFrom({ chart: "regions", round: "2", region: "330100", unit: "7", show: "overdue", sort: "number" });
    expect(serverQuery(place)).toEqual({ chart: "regions", round: "2", size: "a3", page: 1 });
  });
  it("asks for tasks a unit is responsible for", () => {
    expect(serverQuery(placeFrom({ unit: "7", show: "overdue" }))).toMatchObject({ chart: "gantt", unit: "7", role: "responsible", overdue: true, sort: "due" });
  });
  it("goes by days on the route of supervision", () => {
    expect(serverQuery(placeFrom({ chart: "route", from: "2024-07-01", round: "2" }))).toEqual({ chart: "route", region: "", due_from: "2024-07-01", due_to: "", size: "a3", page: 1 });
    expect(asksFor("route")).toMatchObject({ days: true, tasks: false });
  });
});
