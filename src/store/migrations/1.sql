-- The first layout. Times are ISO 8601 days; spans are half-open, in code points of the notice's text.

CREATE TABLE notices (
    id          TEXT PRIMARY KEY,           -- first 16 hex digits of sha256
    title       TEXT,
    kind        TEXT,
    doc_number  TEXT,
    issued      TEXT,
    year        INTEGER,
    region      TEXT,                       -- GB/T 2260
    region_path TEXT NOT NULL,              -- names from the province down, with blanks between
    level       TEXT,
    campaign    TEXT,
    edition     INTEGER,
    theme       TEXT,
    series      TEXT,
    path        TEXT NOT NULL,              -- the first of its paths
    member      TEXT,
    media_type  TEXT NOT NULL,
    charset     TEXT,
    bytes       INTEGER NOT NULL,
    sha256      TEXT NOT NULL,
    program     TEXT NOT NULL,              -- the version that made the record
    generation  INTEGER NOT NULL,           -- of the last change, as in meta
    record      TEXT NOT NULL,              -- the whole record, JSON
    text        TEXT GENERATED ALWAYS AS (json_extract(record, '$.text')) VIRTUAL
);
CREATE INDEX notices_by_generation ON notices (generation);
CREATE INDEX notices_by_year ON notices (year, region);
CREATE INDEX notices_by_series ON notices (series);

-- Where the bytes were found: one notice may have many paths, one path (an archive) many notices.
CREATE TABLE paths (
    path      TEXT NOT NULL,
    member    TEXT NOT NULL DEFAULT '',
    notice_id TEXT NOT NULL REFERENCES notices (id),
    sha256    TEXT NOT NULL,                -- of the file at path
    PRIMARY KEY (path, member)
) WITHOUT ROWID;
CREATE INDEX paths_by_notice ON paths (notice_id, path, member);
CREATE INDEX paths_by_sha256 ON paths (sha256, path);

-- 发文机关, 主送机关, 抄送机关.
CREATE TABLE parties (
    notice_id TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    role      TEXT NOT NULL CHECK (role IN ('issuer', 'addressee', 'copied')),
    ordinal   INTEGER NOT NULL,
    name      TEXT NOT NULL,
    PRIMARY KEY (notice_id, role, ordinal)
) WITHOUT ROWID;
CREATE INDEX parties_by_name ON parties (name);

CREATE TABLE activities (
    notice_id  TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    id         TEXT NOT NULL,               -- notice_id.ordinal
    path       TEXT NOT NULL,               -- markers from depth 1 down, with blanks between
    title      TEXT,
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    PRIMARY KEY (notice_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE activity_classes (
    notice_id TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    activity  INTEGER NOT NULL,
    facet     TEXT NOT NULL CHECK (facet IN ('kind', 'audience')),
    name      TEXT NOT NULL,
    PRIMARY KEY (notice_id, activity, facet, name)
) WITHOUT ROWID;
CREATE INDEX activity_classes_by_name ON activity_classes (name);

CREATE TABLE units (
    notice_id  TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    activity   INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    function   TEXT,
    is_group   INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    PRIMARY KEY (notice_id, activity, ordinal)
) WITHOUT ROWID;
CREATE INDEX units_by_name ON units (name);

-- activity 0: a date of the notice outside any activity.
CREATE TABLE dates (
    notice_id  TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    activity   INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    text       TEXT NOT NULL,
    start_day  TEXT,
    end_day    TEXT,
    role       TEXT NOT NULL,
    rrule      TEXT,
    edtf       TEXT,
    inferred   INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    PRIMARY KEY (notice_id, activity, ordinal)
) WITHOUT ROWID;
CREATE INDEX dates_by_day ON dates (start_day, end_day);

-- Lists are joined with '; '.
CREATE TABLE contacts (
    notice_id    TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    names        TEXT NOT NULL,
    organization TEXT,
    phones       TEXT NOT NULL,
    faxes        TEXT NOT NULL,
    emails       TEXT NOT NULL,
    qq           TEXT,
    address      TEXT,
    postcode     TEXT,
    span_start   INTEGER NOT NULL,
    span_end     INTEGER NOT NULL,
    PRIMARY KEY (notice_id, ordinal)
) WITHOUT ROWID;

-- Files (or members) that gave no record when they were last seen.
CREATE TABLE failures (
    path    TEXT NOT NULL,
    member  TEXT NOT NULL DEFAULT '',
    reason  TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (path, member)
) WITHOUT ROWID;

-- Folders that were indexed, and where they stood: paths in them that are gone are known by it.
CREATE TABLE folders (
    path  TEXT PRIMARY KEY,
    place TEXT NOT NULL
) WITHOUT ROWID;

-- Records that are gone and that the index may still hold; emptied when it has caught up.
CREATE TABLE removed (
    id         TEXT PRIMARY KEY,
    generation INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO meta (key, value) VALUES ('generation', 0);
