// What the server says of evidence (src/http/openapi/evidence.json).
export interface Tie {
  kind: "task" | "measure" | "report" | "step" | "item";
  id: number;
  task_id: number;
  path: string;
  problem: string;
}
export interface EvidenceItem {
  id: number;
  family: number;
  version: number;
  kind: string;
  kind_name: string;
  title: string;
  fact_day: string | null;
  place: string;
  author: string;
  unit_id: number | null;
  unit_name: string;
  note: string;
  name: string;
  format: string;
  bytes: number;
  sha256: string;
  sm3: string;
  uploaded_at: string;
  uploaded_by: string;
  state: "there" | "removal_asked" | "removed";
  newest: boolean;
  revision: number;
  ties: Tie[];
}
export interface EvidenceFull extends EvidenceItem {
  versions: { id: number; version: number; name: string; bytes: number; uploaded_at: string; uploaded_by: string }[];
  removals: { reason: string; asked_by: string; asked_at: string; decision: string; decided_by: string; decided_at: string; note: string }[];
}
export interface Plan {
  headings: { id: string; name: string }[];
  kinds: { id: string; name: string; heading: string; required: boolean }[];
  max_bytes: number;
}
export interface Catalogue {
  task_id: number;
  headings: { id: string; name: string; kinds: { id: string; name: string; required: boolean; items: EvidenceItem[] }[] }[];
  missing: { id: string; name: string }[];
  count: number;
  bytes: number;
}
export interface PreviewBlock {
  kind: "heading" | "paragraph" | "cell";
  text: string;
  sheet: string;
  table: number;
  row: number;
  column: number;
  row_span: number;
  column_span: number;
}
export interface Preview {
  form: "picture" | "pages" | "text" | "none";
  pages: number;
  note: string;
  blocks: PreviewBlock[];
}
export interface UploadInfo {
  id: number;
  name: string;
  bytes: number;
  received: number;
  part: number;
  evidence_id: number | null;
  duplicate?: { id: number; title: string; name: string } | null;
}
