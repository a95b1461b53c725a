/** Tables that both an import and the history's steps make rows of. */
export type Numbered = 'clip' | 'label';

/** SQL of a number that no row of the table has, or had: an undone step may bring its rows back under their numbers. */
export const freshId = (table: Numbered): string =>
  `(select 1 + max(coalesce((select max(id) from ${table}), 0),
    coalesce((select id from last_id where entity = '${table}'), 0)))`;
