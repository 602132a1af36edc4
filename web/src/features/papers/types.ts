// What the server says of papers (src/http/openapi/papers.json).
export type Need = "document" | "period" | "unit" | "tasks" | "task";
export interface Kind {
  id: string;
  title: string;
  about: string;
  needs: Need[];
  letter: boolean;
}
export interface Run {
  text: string;
  figure: number | null;
}
export interface Paragraph {
  type: "paragraph";
  style: string;
  label: string;
  new_page: boolean;
  right: number;
  runs: Run[];
}
export interface Cell {
  runs: Run[];
  span: number;
  head: boolean;
  centred: boolean;
}
export interface Table {
  type: "table";
  head: string[];
  widths: number[];
  rows: Cell[][];
}
export type Block = Paragraph | Table;
export interface Figure {
  name: string;
  of: "task" | "report" | "article";
  ids: number[];
}
export interface Paper {
  kind: string;
  name: string;
  title: string;
  sections: { landscape: boolean; blocks: Block[] }[];
  figures: Figure[];
}
export interface Finding {
  severity: "error" | "warning" | "note";
  kind: string;
  message: string;
  quote: string;
  expression: string;
  path: string | null;
  block: number;
}
export interface Thing {
  of: "task" | "report" | "article";
  id: number;
  task: number | null; // null: an article
  path: string;
  problem: string;
  unit: string;
}
export interface Preview {
  paper: Paper;
  findings: { items: Finding[]; confirmed: number };
  things: Thing[];
}
// Pages as they are printed: PNG in base64, ten at most.
export interface Pages {
  pages: string[];
  more: boolean;
}
export interface Named {
  id: number;
  name: string;
}
// What is asked for; words of the head are kept from paper to paper.
export interface Asked {
  kind: string;
  document: number | null;
  unit: Named | null;
  period: number | null;
  tasks: Named[];
  date: string;
  number: string;
  signer: string;
  reply_by: string;
  place: string;
  time: string;
}
export interface Head {
  issuer: string;
  mark: string;
  copies: string;
  printed_by: string;
  contact: string;
  phone: string;
}
