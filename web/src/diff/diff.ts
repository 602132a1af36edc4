// Where two wordings differ, character by character (longest common subsequence). Pure.

export interface Part {
  text: string;
  kind: "same" | "only_a" | "only_b";
}

const MOST_CELLS = 4_000_000; // two texts of 2,000 characters; longer ones are shown side by side without marks

function push(parts: Part[], kind: Part["kind"], text: string): void {
  if (!text) return;
  const last = parts[parts.length - 1];
  if (last?.kind === kind) last.text += text;
  else parts.push({ kind, text });
}

// Positions of a longest common subsequence, ascending.
function commonPairs(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width); // [i][j]: of what follows a[i] and b[j]
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return pairs;
}

// A single shared character between two changes only makes them harder to read.
function tidy(parts: Part[]): Part[] {
  const out: Part[] = [];
  parts.forEach((p, i) => {
    const island = p.kind === "same" && [...p.text].length < 2 && i > 0 && i < parts.length - 1;
    if (!island) {
      out.push({ ...p });
      return;
    }
    out.push({ kind: "only_a", text: p.text }, { kind: "only_b", text: p.text });
  });
  const merged: Part[] = [];
  for (let i = 0; i < out.length; ) {
    if (out[i]!.kind === "same") {
      push(merged, "same", out[i]!.text);
      i += 1;
      continue;
    }
    let onlyA = "";
    let onlyB = "";
    for (; i < out.length && out[i]!.kind !== "same"; i += 1) {
      if (out[i]!.kind === "only_a") onlyA += out[i]!.text;
      else onlyB += out[i]!.text;
    }
    push(merged, "only_a", onlyA);
    push(merged, "only_b", onlyB);
  }
  return merged;
}

// null where the two are too long to compare here.
export function diffText(first: string, second: string): Part[] | null {
  const a = [...first];
  const b = [...second];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let tail = 0;
  while (tail < a.length - start && tail < b.length - start && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const middleA = a.slice(start, a.length - tail);
  const middleB = b.slice(start, b.length - tail);
  if (middleA.length * middleB.length > MOST_CELLS) return null;
  const pairs = commonPairs(middleA, middleB);
  const parts: Part[] = [];
  push(parts, "same", a.slice(0, start).join(""));
  let x = 0;
  let y = 0;
  for (const [i, j] of pairs) {
    push(parts, "only_a", middleA.slice(x, i).join(""));
    push(parts, "only_b", middleB.slice(y, j).join(""));
    push(parts, "same", middleA[i]!);
    x = i + 1;
    y = j + 1;
  }
  push(parts, "only_a", middleA.slice(x).join(""));
  push(parts, "only_b", middleB.slice(y).join(""));
  push(parts, "same", a.slice(a.length - tail).join(""));
  return tidy(parts);
}
