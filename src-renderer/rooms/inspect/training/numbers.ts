/** The numbers behind a chart, as its table and its file have them; null: there is none. */
export interface Numbers {
  head: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}
