import { describe, expect, it } from "vitest";
import { filterFrom, isNarrow, toAddress, toServer } from "./filter";

describe("the filter in the address", () => {
  it("survives a round trip", () => {
    const query = { severity: "error", kind: "sum", unit: "7", task: "3", document: "2", explained: "1", view: "relations" };
    expect(toAddress(filterFrom(query))).toEqual(query);
  });
  it("drops what cannot be meant", () => {
    const f = filterFrom({ severity: "fatal", unit: "-1", task: "x" });
    expect(f.severity).toBe("");
    expect(f.unit).toBeNull();
    expect(f.task).toBeNull();
    expect(isNarrow(f)).toBe(false);
  });
  it("leaves out explained ones unless they are wanted", () => {
    expect(toServer(filterFrom({})).explained).toBe(false);
    expect(toServer(filterFrom({ explained: "1" })).explained).toBeNull();
  });
});
