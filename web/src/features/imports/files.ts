// Files from a drop, a file field or a folder. Reading a dropped folder goes through all its levels.

export interface Refused {
  name: string;
  reason: "empty" | "large";
}

export const LARGEST = 200 * 1024 * 1024;

// Files that programs leave beside documents and nobody means to import. Pure.
export function isNoise(name: string): boolean {
  return name.startsWith(".") || name.startsWith("~$") || /^(thumbs\.db|desktop\.ini)$/i.test(name) || /\.(tmp|lnk|crdownload)$/i.test(name);
}

// What is wrong with a file before it is sent; null: nothing. Pure.
export function refusal(file: Pick<File, "size">): Refused["reason"] | null {
  if (file.size === 0) return "empty";
  return file.size > LARGEST ? "large" : null;
}

function readEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

async function filesUnder(entry: FileSystemEntry, out: File[]): Promise<void> {
  if (out.length >= 500) return;
  if (entry.isFile) {
    out.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (let some = await readEntries(reader); some.length; some = await readEntries(reader)) {
    for (const child of some) await filesUnder(child, out);
  }
}

export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((i) => i.webkitGetAsEntry?.() ?? null);
  if (!entries.some((e) => e?.isDirectory)) return [...transfer.files];
  const out: File[] = [];
  for (const e of entries) if (e) await filesUnder(e, out);
  return out;
}
