/** One figure of a benchmark. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  note?: string;
  /** What others' rules make of the same, as text, by name. */
  others?: Record<string, string>;
  /** The figure is not what it must be: the bench fails. */
  wrong?: true;
}
