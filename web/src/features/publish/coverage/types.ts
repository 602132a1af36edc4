// As src/http/openapi/articles.json says.
export interface Article {
  id: number;
  day: string;
  title: string;
  medium: string;
  kind: string;
  level: string;
  region: string;
  region_name: string;
  unit: string;
  unit_id: number | null;
  round: string;
  round_id: number | null;
  link: string;
  tasks: number[];
  note: string;
  pieces: number;
  open: boolean;
  gone: boolean;
  reason: string;
  revision: number;
}
export interface Words {
  kinds: { name: string; measure: string; inside: boolean }[];
  levels: string[];
  media: { medium: string; kind: string; level: string; lines: number }[];
}
export interface Row {
  name: string;
  kind: string;
  by_level: number[];
  pieces: number;
}
export interface Counts {
  as_of: string;
  sentence: string;
  pieces: number;
  lines: number;
  level_names: string[];
  levels: number[];
  media: Row[];
  kinds: Row[];
  regions: Row[];
  weeks: { from: string; to: string; by_medium: number[]; pieces: number }[];
}
export interface Ref {
  id: number;
  revision: number;
}
export interface Taken {
  lines: number;
  taken: number;
  twice: number;
  faults: { cell: string; message: string }[];
  items: { day: string; title: string; medium: string; kind: string; level: string; pieces: number }[];
  kept: Ref[];
}
export interface Filter {
  round: number | null;
  kind: string;
  level: string;
  medium: string;
  q: string;
  from: string;
  to: string;
  open: boolean | null;
  gone: boolean | null;
}
export type Move = "withdraw" | "restore" | "open" | "hide";
