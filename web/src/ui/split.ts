// The share a pane had when it was last moved on this machine; else the standard one.
export function rememberedSplit(name: string, standard: number): number {
  const value = Number(localStorage.getItem(`split.${name}`));
  return value >= 15 && value <= 85 ? value : standard;
}
