import { expect, it } from "vitest";
import { isNoise, LARGEST, refusal } from "./files";

it("leaves out what programs put beside documents", () => {
  expect(["~$整改清单.docx", ".DS_Store", "Thumbs.db", "a.tmp"].filter(isNoise)).toHaveLength(4);
  expect(["整改清单.docx", "2024.12.31 进展.wps", "desktop.docx"].filter(isNoise)).toHaveLength(0);
});

it("refuses empty and oversized files before they travel", () => {
  expect(refusal({ size: 0 })).toBe("empty");
  expect(refusal({ size: LARGEST + 1 })).toBe("large");
  expect(refusal({ size: LARGEST })).toBeNull();
});
