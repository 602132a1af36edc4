import { expect, it } from "vitest";
import { emptyAsked, idsFrom, missing, requestOf } from "./asked";
import type { Head, Kind } from "./types";

const kind = (id: string, ...needs: Kind["needs"]): Kind => ({ id, title: id, about: "", needs, letter: false });
const head: Head = { issuer: "整改办", mark: "", copies: "", printed_by: "", contact: "", phone: "" };

it("says what is still missing, in the order of the form", () => {
  const asked = emptyAsked();
  expect(missing(kind("unit_report", "document", "unit"), asked)).toBe("document");
  asked.document = 3;
  expect(missing(kind("unit_report", "document", "unit"), asked)).toBe("unit");
  asked.unit = { id: 5, name: "水利局" };
  expect(missing(kind("unit_report", "document", "unit"), asked)).toBeNull();
  expect(missing(kind("supervision", "unit", "tasks"), asked)).toBeNull();
  expect(missing(kind("public_notice", "tasks"), asked)).toBe("tasks");
  asked.tasks = [
    { id: 1, name: "1" },
    { id: 2, name: "2" },
  ];
  expect(missing(kind("catalogue", "task"), asked)).toBe("task");
});

it("sends only what the kind is made of, and no empty words", () => {
  const asked = { ...emptyAsked(), document: 3, period: 7, unit: { id: 5, name: "水利局" }, number: " 江环整〔2026〕1号 " };
  expect(requestOf(kind("circular", "period"), asked, head)).toEqual({ kind: "circular", period: 7, issuer: "整改办", number: "江环整〔2026〕1号" });
  expect(requestOf(kind("report", "document"), asked, head).unit).toBe(5);
});

it("reads ids from the address and drops the rest", () => {
  expect(idsFrom("1,2,x,-3,2.5")).toEqual([1, 2]);
  expect(idsFrom(undefined)).toEqual([]);
});
