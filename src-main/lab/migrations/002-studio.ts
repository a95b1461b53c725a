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
create index clip_edited on clip(dataset_id, file) where edits <> '[]';
-- Clips of one content are one recording only while they are edited alike.
drop index clip_by_content;
create index clip_by_content on clip(dataset_id, content_hash, edits);

-- Label sets beside the clips' own label; the row without a name orders the classes of the clips' own.
create table label_set (
  id integer primary key,
  dataset_id integer not null references dataset(id) on delete cascade,
  name text,
  classes text not null default '[]'
) strict;
create unique index label_set_name on label_set(dataset_id, coalesce(name, ''));
create table set_label (
  id integer primary key,
  set_id integer not null references label_set(id) on delete cascade,
  clip_id integer not null references clip(id) on delete cascade,
  label text not null,
  unique (set_id, clip_id)
) strict;
create index set_label_by_clip on set_label(clip_id);
-- null: the clips' own label. Of a further set, '' stands for a label that was taken away.
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
  id integer primary key,
  search_id integer not null references suspect_search(id) on delete cascade,
  clip_id integer not null references clip(id) on delete cascade,
  rank integer not null,
  given text not null,
  given_probability real not null,
  likely text not null,
  likely_probability real not null,
  against integer not null,
  verdict text not null default 'open',
  unique (search_id, clip_id)
) strict;
create index suspect_by_clip on suspect(clip_id);

-- A step of the history is the rows it changed, as they were before and after (JSON of the columns that changed; null: no row). Done
-- again and taken back they are written in order, and in reverse. Of a column that is a list the log keeps where it changed.
create table step_change (
  step_id integer not null references step(id) on delete cascade,
  position integer not null,
  entity text not null,
  row_id integer not null,
  before text,
  after text,
  primary key (step_id, position)
) strict, without rowid;
insert into step_change
  select id, 0, 'label', json_extract(payload, '$.entry'), json_object('undone', 1), json_object('undone', 0)
  from step where kind = 'clip.relabel'
  union all
  select id, 1, 'clip', json_extract(payload, '$.clip'), json_object('label', json_extract(payload, '$.from')),
    json_object('label', json_extract(payload, '$.to'))
  from step where kind = 'clip.relabel'
  union all
  select id, 0, 'dataset', json_extract(payload, '$.dataset'), json_object('name', json_extract(payload, '$.from')),
    json_object('name', json_extract(payload, '$.to'))
  from step where kind = 'dataset.rename'
  union all
  select id, 0, 'dataset', json_extract(payload, '$.dataset'), json_object('removed_at', null),
    json_object('removed_at', json_extract(payload, '$.at'))
  from step where kind = 'dataset.remove';
alter table step drop column kind;
alter table step drop column payload;

-- Rows that an import makes beside the history: their numbers are not given out again, for an undone step may still name them.
create table last_id (
  entity text primary key,
  id integer not null
) strict, without rowid;
create trigger clip_deleted after delete on clip begin
  insert into last_id values ('clip', old.id) on conflict do update set id = max(id, excluded.id);
end;
create trigger label_deleted after delete on label begin
  insert into last_id values ('label', old.id) on conflict do update set id = max(id, excluded.id);
end;
`;
