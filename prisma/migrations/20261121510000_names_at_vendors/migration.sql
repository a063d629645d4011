-- What a mapping, and the connection itself, are called at the vendor. A mapping that was declared has an id alone: its name
-- is read later, and where the vendor knows no such id that is known too.

-- When the vendor was asked for the name. With no name beside it: the vendor knows no such id.
alter table mapping add column name_read_at timestamptz(3);

-- What the connection's credentials belong to there (Cove: the partner below which its own customers go).
alter table connection_setting add column own_id text;
alter table connection_setting add column own_name text;
