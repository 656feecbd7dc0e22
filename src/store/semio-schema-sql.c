/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-schema-sql.h"

/* Tables that things of the study's own are known by (person, run, recording …) give a UUID its local integer; their
 * other columns are projections of entries. docs/study-format.md tells of each. Never change a line: a new version is a
 * migration, and its fixture is kept. */
const char *const semio_schema_sql_v1[] = {
  "CREATE TABLE study (id INTEGER PRIMARY KEY CHECK (id = 1), uuid BLOB NOT NULL CHECK (length (uuid) = 16),"
  " title TEXT NOT NULL, features TEXT NOT NULL, created_utc_us INTEGER NOT NULL, program TEXT NOT NULL) STRICT",

  "CREATE TABLE feature (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",

  "CREATE TABLE writer (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE CHECK (length (uuid) = 16),"
  " seq INTEGER NOT NULL DEFAULT 0, hash BLOB, head_entry_id INTEGER NOT NULL DEFAULT 0) STRICT",

  "CREATE TABLE entry (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL CHECK (length (uuid) = 16),"
  " writer_id INTEGER NOT NULL REFERENCES writer (id), seq INTEGER NOT NULL CHECK (seq > 0),"
  " lamport INTEGER NOT NULL, kind TEXT NOT NULL, json TEXT NOT NULL,"
  " hash BLOB NOT NULL UNIQUE CHECK (length (hash) = 32), forked INTEGER NOT NULL DEFAULT 0) STRICT",
  "CREATE INDEX entry_by_uuid ON entry (uuid)",
  "CREATE UNIQUE INDEX entry_chain ON entry (writer_id, seq) WHERE forked = 0",
  "CREATE INDEX entry_order ON entry (lamport, writer_id, seq)",
  "CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry"
  " BEGIN SELECT RAISE (ABORT, 'entries are never changed'); END",
  "CREATE TRIGGER entry_stays BEFORE DELETE ON entry"
  " BEGIN SELECT RAISE (ABORT, 'entries are never deleted'); END",

  "CREATE TABLE entry_text (hash BLOB PRIMARY KEY CHECK (length (hash) = 32), salt BLOB NOT NULL, text TEXT NOT NULL)"
  " STRICT, WITHOUT ROWID",
  "CREATE TABLE supersession (superseded BLOB NOT NULL, entry_id INTEGER NOT NULL REFERENCES entry (id),"
  " PRIMARY KEY (superseded, entry_id)) STRICT, WITHOUT ROWID",

  "CREATE TABLE person (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE CHECK (length (uuid) = 16),"
  " name_hash BLOB, role TEXT) STRICT",
  "CREATE TABLE patient (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE CHECK (length (uuid) = 16),"
  " pseudonym TEXT) STRICT",

  "CREATE TABLE medium (id INTEGER PRIMARY KEY, content BLOB NOT NULL UNIQUE CHECK (length (content) = 32),"
  " size_bytes INTEGER NOT NULL DEFAULT 0, width_px INTEGER NOT NULL DEFAULT 0, height_px INTEGER NOT NULL DEFAULT 0,"
  " rate REAL NOT NULL DEFAULT 0, duration_ns INTEGER NOT NULL DEFAULT 0, n_frames INTEGER NOT NULL DEFAULT 0,"
  " sound INTEGER NOT NULL DEFAULT 0, warnings INTEGER NOT NULL DEFAULT 0, frame_index BLOB, poster BLOB) STRICT",

  "CREATE TABLE recording (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE CHECK (length (uuid) = 16),"
  " pseudonym TEXT, patient_id INTEGER REFERENCES patient (id), medium_id INTEGER REFERENCES medium (id),"
  " mirrored INTEGER NOT NULL DEFAULT 0, alias_of INTEGER REFERENCES recording (id)) STRICT",
  "CREATE INDEX recording_by_alias ON recording (alias_of) WHERE alias_of IS NOT NULL",
  "CREATE INDEX recording_by_medium ON recording (medium_id) WHERE medium_id IS NOT NULL",

  "CREATE TABLE source_name (id INTEGER PRIMARY KEY, recording_id INTEGER REFERENCES recording (id),"
  " patient_id INTEGER REFERENCES patient (id), name TEXT NOT NULL, stem TEXT NOT NULL,"
  " CHECK ((recording_id IS NULL) <> (patient_id IS NULL)),"
  " UNIQUE (recording_id, name), UNIQUE (patient_id, name)) STRICT",
  "CREATE INDEX source_name_by_stem ON source_name (stem)",

  "CREATE TABLE run (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE CHECK (length (uuid) = 16),"
  " name_hash BLOB, model TEXT, enhancement TEXT, origin TEXT, notice TEXT, settings TEXT) STRICT",
  "CREATE TABLE reference_set (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE CHECK (length (uuid) = 16),"
  " name_hash BLOB, known INTEGER NOT NULL DEFAULT 0, current INTEGER NOT NULL DEFAULT 0) STRICT",

  "CREATE TABLE import (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE CHECK (length (uuid) = 16),"
  " state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1)), run_id INTEGER REFERENCES run (id),"
  " reference_set_id INTEGER REFERENCES reference_set (id), owner TEXT NOT NULL,"
  " touched_utc_us INTEGER NOT NULL) STRICT",

  "CREATE TABLE prediction (recording_id INTEGER NOT NULL REFERENCES recording (id),"
  " run_id INTEGER NOT NULL REFERENCES run (id), feature_id INTEGER NOT NULL REFERENCES feature (id),"
  " segment INTEGER NOT NULL CHECK (segment >= -1), kind INTEGER NOT NULL DEFAULT 0, attempt INTEGER NOT NULL,"
  " import_id INTEGER NOT NULL REFERENCES import (id), answer INTEGER NOT NULL,"
  " PRIMARY KEY (recording_id, run_id, feature_id, segment, kind, attempt, import_id)) STRICT, WITHOUT ROWID",
  "CREATE TABLE explanation (recording_id INTEGER NOT NULL, run_id INTEGER NOT NULL, feature_id INTEGER NOT NULL,"
  " segment INTEGER NOT NULL, kind INTEGER NOT NULL DEFAULT 0, attempt INTEGER NOT NULL, import_id INTEGER NOT NULL,"
  " text TEXT NOT NULL,"
  " PRIMARY KEY (recording_id, run_id, feature_id, segment, kind, attempt, import_id)) STRICT, WITHOUT ROWID",
  "CREATE TABLE coverage (recording_id INTEGER NOT NULL REFERENCES recording (id),"
  " run_id INTEGER NOT NULL REFERENCES run (id), import_id INTEGER NOT NULL REFERENCES import (id),"
  " answered BLOB NOT NULL, ratable BLOB NOT NULL,"
  " PRIMARY KEY (recording_id, run_id, import_id)) STRICT, WITHOUT ROWID",

  "CREATE TABLE label (reference_set_id INTEGER NOT NULL REFERENCES reference_set (id),"
  " recording_id INTEGER NOT NULL REFERENCES recording (id), feature_id INTEGER NOT NULL REFERENCES feature (id),"
  " import_id INTEGER NOT NULL REFERENCES import (id), answer INTEGER NOT NULL, begin_ns INTEGER, end_ns INTEGER,"
  " PRIMARY KEY (reference_set_id, recording_id, feature_id, import_id)) STRICT, WITHOUT ROWID",
  "CREATE TABLE event (reference_set_id INTEGER NOT NULL REFERENCES reference_set (id),"
  " recording_id INTEGER NOT NULL REFERENCES recording (id), import_id INTEGER NOT NULL REFERENCES import (id),"
  " onset_ns INTEGER, offset_ns INTEGER, precision_ns INTEGER NOT NULL DEFAULT 0, type TEXT NOT NULL,"
  " PRIMARY KEY (reference_set_id, recording_id, import_id)) STRICT, WITHOUT ROWID",

  "CREATE TABLE rating (entry_id INTEGER PRIMARY KEY REFERENCES entry (id),"
  " person_id INTEGER NOT NULL REFERENCES person (id), recording_id INTEGER NOT NULL REFERENCES recording (id),"
  " run_id INTEGER NOT NULL REFERENCES run (id), feature_id INTEGER NOT NULL REFERENCES feature (id),"
  " segment INTEGER NOT NULL, attempt INTEGER, explanation BLOB, score INTEGER NOT NULL, supports INTEGER NOT NULL,"
  " cannot_judge INTEGER NOT NULL, marks INTEGER NOT NULL, comment_hash BLOB, visible INTEGER NOT NULL,"
  " played_event REAL NOT NULL, played_cited REAL NOT NULL, seconds REAL NOT NULL, utc_us INTEGER NOT NULL,"
  " withdrawn INTEGER NOT NULL, judged INTEGER NOT NULL, current INTEGER NOT NULL) STRICT",
  "CREATE INDEX rating_by_item ON rating (person_id, recording_id, run_id, feature_id, segment, current, withdrawn,"
  " judged)",
  "CREATE TABLE case_done (person_id INTEGER NOT NULL REFERENCES person (id),"
  " recording_id INTEGER NOT NULL REFERENCES recording (id), done INTEGER NOT NULL,"
  " PRIMARY KEY (person_id, recording_id)) STRICT, WITHOUT ROWID",
  "CREATE TABLE reveal (person_id INTEGER NOT NULL REFERENCES person (id),"
  " recording_id INTEGER NOT NULL REFERENCES recording (id), reference INTEGER NOT NULL, runs INTEGER NOT NULL,"
  " PRIMARY KEY (person_id, recording_id)) STRICT, WITHOUT ROWID",

  "CREATE TABLE draft (person_id INTEGER NOT NULL REFERENCES person (id),"
  " recording_id INTEGER NOT NULL REFERENCES recording (id), run_id INTEGER NOT NULL REFERENCES run (id),"
  " feature_id INTEGER NOT NULL REFERENCES feature (id), segment INTEGER NOT NULL, text TEXT NOT NULL,"
  " utc_us INTEGER NOT NULL,"
  " PRIMARY KEY (person_id, recording_id, run_id, feature_id, segment)) STRICT, WITHOUT ROWID",
  NULL,
};

/* Runs that are asked by the program itself, what left the machine for them, and bookmarks. */
const char *const semio_schema_sql_v2[] = {
  "ALTER TABLE run ADD COLUMN archived INTEGER NOT NULL DEFAULT 0",
  "ALTER TABLE run ADD COLUMN created_utc_us INTEGER",
  "ALTER TABLE prediction ADD COLUMN onset_ns INTEGER",

  "CREATE TABLE live (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE CHECK (length (uuid) = 16),"
  " run_id INTEGER REFERENCES run (id)) STRICT",
  "ALTER TABLE import ADD COLUMN live_id INTEGER REFERENCES live (id)",
  "CREATE INDEX import_by_live ON import (live_id) WHERE live_id IS NOT NULL",

  "CREATE TABLE reply (recording_id INTEGER NOT NULL REFERENCES recording (id),"
  " run_id INTEGER NOT NULL REFERENCES run (id), feature_id INTEGER NOT NULL REFERENCES feature (id),"
  " segment INTEGER NOT NULL CHECK (segment >= -1), kind INTEGER NOT NULL, attempt INTEGER NOT NULL,"
  " import_id INTEGER NOT NULL REFERENCES import (id), state INTEGER NOT NULL, http_status INTEGER NOT NULL,"
  " finish_reason TEXT, problem TEXT, prompt_tokens INTEGER, cached_tokens INTEGER, completion_tokens INTEGER,"
  " first_us INTEGER, total_us INTEGER, utc_us INTEGER NOT NULL, request BLOB NOT NULL CHECK (length (request) = 32),"
  " host TEXT, covered INTEGER NOT NULL DEFAULT 0,"
  " PRIMARY KEY (recording_id, run_id, feature_id, segment, kind, attempt, import_id)) STRICT, WITHOUT ROWID",
  "CREATE TABLE reply_body (recording_id INTEGER NOT NULL, run_id INTEGER NOT NULL, feature_id INTEGER NOT NULL,"
  " segment INTEGER NOT NULL, kind INTEGER NOT NULL, attempt INTEGER NOT NULL, import_id INTEGER NOT NULL,"
  " reasoning TEXT, raw BLOB,"
  " PRIMARY KEY (recording_id, run_id, feature_id, segment, kind, attempt, import_id)) STRICT, WITHOUT ROWID",

  "CREATE TABLE sent (entry_id INTEGER PRIMARY KEY REFERENCES entry (id), run_id INTEGER NOT NULL REFERENCES run (id),"
  " recording_id INTEGER NOT NULL REFERENCES recording (id), segment INTEGER NOT NULL, media_group TEXT NOT NULL) STRICT",
  "CREATE INDEX sent_by_segment ON sent (run_id, recording_id, segment)",
  "CREATE TABLE consent (entry_id INTEGER PRIMARY KEY REFERENCES entry (id), person_id INTEGER REFERENCES person (id),"
  " host TEXT NOT NULL, plain_http INTEGER NOT NULL, what INTEGER NOT NULL, n_patients INTEGER NOT NULL,"
  " n_recordings INTEGER NOT NULL, bytes INTEGER, text_version INTEGER NOT NULL, utc_us INTEGER NOT NULL,"
  " current INTEGER NOT NULL) STRICT",

  "CREATE TABLE transcript (entry_id INTEGER PRIMARY KEY REFERENCES entry (id),"
  " recording_id INTEGER NOT NULL REFERENCES recording (id), model TEXT NOT NULL, language TEXT, host TEXT,"
  " text_hash BLOB NOT NULL, utc_us INTEGER NOT NULL) STRICT",
  "CREATE INDEX transcript_by_recording ON transcript (recording_id)",
  "CREATE TABLE bookmark (entry_id INTEGER PRIMARY KEY REFERENCES entry (id),"
  " person_id INTEGER NOT NULL REFERENCES person (id), recording_id INTEGER NOT NULL REFERENCES recording (id),"
  " time_ns INTEGER NOT NULL, text_hash BLOB, utc_us INTEGER NOT NULL, current INTEGER NOT NULL) STRICT",
  "CREATE INDEX bookmark_by_recording ON bookmark (recording_id) WHERE current = 1",
  NULL,
};

/* What annotators say beside their labels, and runs with intervals and scores. */
const char *const semio_schema_sql_v3[] = {
  "ALTER TABLE prediction ADD COLUMN end_ns INTEGER",
  "ALTER TABLE prediction ADD COLUMN score REAL",

  "CREATE TABLE finding (reference_set_id INTEGER NOT NULL REFERENCES reference_set (id),"
  " recording_id INTEGER NOT NULL REFERENCES recording (id), feature_id INTEGER NOT NULL REFERENCES feature (id),"
  " kind INTEGER NOT NULL, import_id INTEGER NOT NULL REFERENCES import (id), begin_ns INTEGER, end_ns INTEGER,"
  " precision_ns INTEGER NOT NULL DEFAULT 0, text TEXT,"
  " PRIMARY KEY (reference_set_id, recording_id, feature_id, kind, import_id)) STRICT, WITHOUT ROWID",
  NULL,
};
