/** Ablations: comparisons made to be read together, each at one level of one setting. */
export const sweeps = `
create table sweep (
  id integer primary key,
  name text not null,
  dataset_id integer not null references dataset(id) on delete cascade,
  spec text not null,
  state text not null,
  error text,
  -- Why levels could not be begun: JSON, by their index.
  failures text not null default '{}',
  created_at text not null
) strict;

-- The ablation a comparison is of, and which of its levels.
alter table comparison add column sweep_id integer references sweep(id) on delete cascade;
alter table comparison add column sweep_level integer;
create unique index comparison_by_sweep on comparison(sweep_id, sweep_level) where sweep_id is not null;
create index comparison_by_dataset on comparison(dataset_id);
`;
