// Spans count code points; JavaScript strings count UTF-16 units. They differ only where a text has characters
// beyond U+FFFF (rare CJK, some symbols), so the common case costs nothing.

export class CodePoints {
  readonly length: number;
  private readonly marks: Uint32Array | null; // UTF-16 index of every 64th code point

  constructor(readonly text: string) {
    if (!/[\ud800-\udbff]/.test(text)) {
      this.marks = null;
      this.length = text.length;
      return;
    }
    const marks: number[] = [];
    let count = 0;
    for (let i = 0; i < text.length; count += 1) {
      if (count % 64 === 0) marks.push(i);
      i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
    }
    this.marks = Uint32Array.from(marks);
    this.length = count;
  }

  // UTF-16 index of code point `at`.
  index(at: number): number {
    if (!this.marks) return Math.min(at, this.length);
    if (at >= this.length) return this.text.length;
    let i = this.marks[at >> 6] ?? 0;
    for (let left = at & 63; left > 0; left -= 1) i += (this.text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
    return i;
  }

  slice(begin: number, end: number): string {
    return this.text.slice(this.index(begin), this.index(end));
  }
}

// Code points in the first `units` UTF-16 units of `text`.
export function countCodePoints(text: string, units: number): number {
  let count = 0;
  for (let i = 0; i < units && i < text.length; count += 1) i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
  return count;
}
