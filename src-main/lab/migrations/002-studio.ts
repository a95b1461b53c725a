/** Edits, regions, label sets and states of clips; suspect labels; a history that outlives the session. */
export const studio = `
-- The list of edits (JSON), oldest first. With edits the clip's frames, rate, channels and duration are those of the edited sound,
-- and what they were before stands beside; without, these are null.
alter table clip add column edits text not null default '[]';
alter table clip add column source_frames integer;
alter table clip add column source_rate integer;
alter table clip add column source_channels integer;
-- The clip this one was split from: both are of one file.
alter table clip add column parent_id integer references clip(id) on delete cascade;
alter table clip add column state text not null default 'todo';
alter table clip add column note text not null default '';
-- The fold the dataset puts the clip in; null: none.
alter table clip add column fold text;
drop index clip_identity;
create unique index clip_identity on clip(dataset_id, file, coalesce(start, -1), coalesce("end", -1)) where parent_id is null;
create index clip_by_state on clip(dataset_id, state, file);
create index clip_by_parent on clip(parent_id) where parent_id is not null;

-- Label sets beside the clips' own label; the row without a name orders the classes of the clips' own.
create table label_set (
  id integer primary key,
  dataset_id integer not null references dataset(id) on delete cascade,
  name text,
  classes text not null default '[]'
) strict;
create unique index label_set_name on label_set(dataset_id, coalesce(name, ''));
create table set_label (
  set_id integer not null references label_set(id) on delete cascade,
  clip_id integer not null references clip(id) on delete cascade,
  label text not null,
  primary key (set_id, clip_id)
) strict, without rowid;
-- null: the clips' own label.
alter table label add column set_id integer references label_set(id) on delete cascade;

create table tier (
  id integer primary key,
  dataset_id integer not null references dataset(id) on delete cascade,
  name text not null,
  kind text not null,
  position integer not null
) strict;
create unique index tier_name on tier(dataset_id, name);
create table region (
  id integer primary key,
  clip_id integer not null references clip(id) on delete cascade,
  tier_id integer not null references tier(id) on delete cascade,
  start real not null,
  "end" real not null,
  f_min real,
  f_max real,
  label text not null,
  note text not null default '',
  set_by text not null,
  set_at text not null
) strict;
create index region_by_clip on region(clip_id, tier_id, start);

-- Which edits a comparison's clips had; null: none.
alter table comparison_clip add column edits text;

create table suspect_search (
  id integer primary key,
  dataset_id integer not null references dataset(id) on delete cascade,
  at text not null,
  spec text not null,
  clips integer not null,
  accuracy real not null,
  method text not null
) strict;
create table suspect (
  search_id integer not null references suspect_search(id) on delete cascade,
  clip_id integer not null references clip(id) on delete cascade,
  rank integer not null,
  given text not null,
  given_probability real not null,
  likely text not null,
  likely_probability real not null,
  against integer not null,
  verdict text not null default 'open',
  primary key (search_id, clip_id)
) strict, without rowid;
`;
