import { describe, expect, it } from "vitest";
import { addDays, addMonths, beijingToday, chineseDate, daysBetween, distance, isIsoDate, monthEnd, quarterRange } from "./dates";

describe("dates", () => {
  it("turns to the next day at midnight in Beijing, not in London", () => {
    expect(beijingToday(new Date("2024-06-14T15:59:59Z"))).toBe("2024-06-14");
    expect(beijingToday(new Date("2024-06-14T16:00:00Z"))).toBe("2024-06-15");
  });
  it("counts days over the leap day", () => {
    expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
    expect(daysBetween("2024-03-01", "2024-02-28")).toBe(-2);
    expect(addDays("2023-12-31", 1)).toBe("2024-01-01");
  });
  it("knows the last day of a month and the months of a quarter", () => {
    expect(monthEnd("2024-02")).toBe("2024-02-29");
    expect(addMonths("2023-12", 1)).toBe("2024-01");
    expect(quarterRange("2024-05-20")).toEqual(["2024-04-01", "2024-06-30"]);
  });
  it("says how far away a deadline is", () => {
    expect(distance("2024-06-15", "2024-06-15")).toBe("今天到期");
    expect(distance("2024-06-15", "2024-06-27")).toBe("还有12天");
    expect(distance("2024-06-15", "2024-05-11")).toBe("已过35天");
    expect(distance("2024-06-15", "2025-12-31")).toBe("还有1年6个月");
  });
  it("refuses days that do not exist", () => {
    expect(isIsoDate("2024-02-30")).toBe(false);
    expect(isIsoDate("2024-02-29")).toBe(true);
    expect(isIsoDate("2024-2-9")).toBe(false);
  });
  it("writes a date as papers do", () => expect(chineseDate("2024-06-05")).toBe("2024年6月5日"));
});
