/** Datasets, clips, labels with their history, comparisons, runs and what they predicted. */
export const foundation = `
create table setting (
  key text primary key,
  value text not null
) strict;

create table dataset (
  id integer primary key,
  name text not null,
  layout text not null,
  root text not null,
  created_at text not null,
  state text not null,
  removed_at text
) strict;

create table clip (
  id integer primary key,
  dataset_id integer not null references dataset(id) on delete cascade,
  file text not null,
  start real,
  "end" real,
  size integer not null,
  mtime_ms real not null,
  content_hash text not null,
  container text not null,
  codec text not null,
  sample_rate integer not null,
  channels integer not null,
  bits integer,
  frames integer not null,
  duration real not null,
  speaker text,
  source text,
  official text,
  label text not null,
  imported_label text not null,
  missing integer not null default 0,
  warnings text not null default '[]'
) strict;
create unique index clip_identity on clip(dataset_id, file, coalesce(start, -1), coalesce("end", -1));
-- One for each order and filter of the list of clips, so that a page at 100,000 clips needs no sort.
create index clip_by_file on clip(dataset_id, file);
create index clip_by_label on clip(dataset_id, label, file);
create index clip_by_speaker on clip(dataset_id, speaker, file);
create index clip_by_duration on clip(dataset_id, duration);
create index clip_by_rate on clip(dataset_id, sample_rate);
create index clip_by_content on clip(dataset_id, content_hash);
-- What statistics sum up and what a search reads, without touching the table.
create index clip_words on clip(dataset_id, label, speaker, duration, file);
create index clip_missing on clip(dataset_id, file) where missing = 1;
create index clip_relabelled on clip(dataset_id, file) where label <> imported_label;

create table background (
  id integer primary key,
  dataset_id integer not null references dataset(id) on delete cascade,
  file text not null,
  size integer not null,
  mtime_ms real not null,
  content_hash text not null,
  sample_rate integer not null,
  duration real not null,
  unique (dataset_id, file)
) strict;

create table skipped (
  dataset_id integer not null references dataset(id) on delete cascade,
  file text not null,
  reason text not null,
  size integer not null,
  mtime_ms real not null,
  primary key (dataset_id, file)
) strict;

create table label (
  id integer primary key,
  clip_id integer not null references clip(id) on delete cascade,
  label text not null,
  set_by text not null,
  set_at text not null,
  undone integer not null default 0
) strict;
create index label_by_clip on label(clip_id);

-- The lab's undo history: what was done, and what is needed to take it back and do it again.
create table step (
  id integer primary key,
  at text not null,
  kind text not null,
  words text not null,
  payload text not null,
  undone integer not null default 0
) strict;

create table comparison (
  id integer primary key,
  name text not null,
  tags text not null default '[]',
  pinned integer not null default 0,
  dataset_id integer not null references dataset(id) on delete cascade,
  spec text not null,
  state text not null,
  error text,
  created_at text not null,
  split_counts text,
  classes text not null default '[]',
  input_size integer,
  backend text not null default '',
  skipped text not null default '[]',
  seconds_spent real not null default 0
) strict;

-- Which clips a comparison was trained and tested on, and under which label: fixed when it began.
create table comparison_clip (
  comparison_id integer not null references comparison(id) on delete cascade,
  clip_id integer not null,
  part text not null,
  label text not null,
  primary key (comparison_id, clip_id)
) strict, without rowid;

create table run (
  id integer primary key,
  comparison_id integer not null references comparison(id) on delete cascade,
  cell text not null,
  seed integer not null,
  model text not null,
  training text not null,
  parameters integer not null,
  state text not null,
  resumes integer not null default 0,
  result text,
  error text
) strict;
create index run_by_comparison on run(comparison_id);

create table epoch (
  run_id integer not null references run(id) on delete cascade,
  epoch integer not null,
  record text not null,
  primary key (run_id, epoch)
) strict, without rowid;

create table prediction (
  run_id integer not null references run(id) on delete cascade,
  clip_id integer not null,
  truth integer not null,
  predicted integer not null,
  -- Float32, little-endian, one a class in the comparison's order.
  probabilities blob not null,
  primary key (run_id, clip_id)
) strict, without rowid;
create index prediction_by_cell on prediction(run_id, truth, predicted);

create table report (
  comparison_id integer not null references comparison(id) on delete cascade,
  format text not null,
  path text not null,
  bytes integer not null,
  created_at text not null,
  primary key (comparison_id, path)
) strict, without rowid;
`;
