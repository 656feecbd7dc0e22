/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-fragment-reader.h"

#include <string.h>

/* Four days of 25 frames a second. */
#define MAX_ROWS 8640000
#define MAX_TRACKS 64
#define NS_PER_SECOND 1000000000u
/* Times stay far from the ends of 64 bits. */
#define MAX_UNITS (G_GINT64_CONSTANT (1) << 53)

#define TFHD_BASE 0x1
#define TFHD_DESCRIPTION 0x2
#define TFHD_DURATION 0x8
#define TFHD_SIZE 0x10
#define TFHD_FLAGS 0x20
#define TRUN_OFFSET 0x1
#define TRUN_FIRST_FLAGS 0x4
#define TRUN_DURATION 0x100
#define TRUN_SIZE 0x200
#define TRUN_FLAGS 0x400
#define TRUN_SHIFT 0x800
#define SAMPLE_IS_NO_KEY 0x10000

/* A stretch of bytes that is read from its beginning; once it was too short, all that is read is 0 and bad stays set. */
typedef struct {
  const guint8 *at;
  const guint8 *end;
  gboolean bad;
} Bytes;

/* One fragment of a track while it is read. */
typedef struct {
  SemioFragmentTable *table;
  guint64 base;
  guint64 data; /* where the next run lies when it does not say */
  guint32 duration, n_bytes, flags;
} Run;

guint64
semio_fragment_read_number (const guint8 *bytes, int n_bytes)
{
  guint64 value = 0;

  for (int i = 0; i < n_bytes; i++)
    value = value << 8 | bytes[i];
  return value;
}

static guint64
take (Bytes *bytes, int n_bytes)
{
  guint64 value;

  if (bytes->bad || bytes->end - bytes->at < n_bytes)
    {
      bytes->bad = TRUE;
      return 0;
    }
  value = semio_fragment_read_number (bytes->at, n_bytes);
  bytes->at += n_bytes;
  return value;
}

static gsize
get_n_left (const Bytes *bytes)
{
  return (gsize) (bytes->end - bytes->at);
}

/* The next box inside; FALSE at the end. */
static gboolean
next_box (Bytes *bytes, const guint8 **name, Bytes *inside)
{
  guint64 size, head = 8;

  if (bytes->bad || get_n_left (bytes) < 8)
    return FALSE;
  size = semio_fragment_read_number (bytes->at, 4);
  *name = bytes->at + 4;
  if (size == 1 && get_n_left (bytes) >= 16)
    {
      size = semio_fragment_read_number (bytes->at + 8, 8);
      head = 16;
    }
  else if (size == 0)
    size = get_n_left (bytes);
  if (size < head || size > get_n_left (bytes))
    {
      /* What ends a list of user data is a zero and no box. */
      bytes->bad = size >= head;
      return FALSE;
    }
  *inside = (Bytes){ bytes->at + head, bytes->at + size, FALSE };
  bytes->at += size;
  return TRUE;
}

static gboolean
find_box (Bytes bytes, const char *wanted, Bytes *inside)
{
  const guint8 *name;

  while (next_box (&bytes, &name, inside))
    if (memcmp (name, wanted, 4) == 0)
      return TRUE;
  return FALSE;
}

static void
table_free (SemioFragmentTable *table)
{
  g_array_unref (table->rows);
  g_free (table);
}

SemioFragmentReader *
semio_fragment_reader_new (void)
{
  SemioFragmentReader *self = g_new0 (SemioFragmentReader, 1);

  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) table_free);
  return self;
}

void
semio_fragment_reader_free (SemioFragmentReader *self)
{
  g_ptr_array_unref (self->tables);
  g_free (self);
}

static SemioFragmentTable *
find_table (SemioFragmentReader *self, guint32 id)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      SemioFragmentTable *table = self->tables->pdata[i];

      if (table->id == id)
        return table;
    }
  return NULL;
}

/* Head of a box whose numbers are of 32 or 64 bits by its version: what lies before the number that is sought. */
static guint32
read_after_dates (Bytes box)
{
  guint64 version = take (&box, 1);

  take (&box, 3);
  take (&box, 8);
  if (version == 1)
    take (&box, 8);
  return (guint32) take (&box, 4);
}

/* At most some empty time and then one stretch of the track: what else an edit list can do is not read. */
static gboolean
read_edits (SemioFragmentTable *table, Bytes box)
{
  guint64 version = take (&box, 1), n_entries;
  int width = version == 1 ? 8 : 4;
  gboolean begun = FALSE;

  take (&box, 3);
  n_entries = take (&box, 4);
  for (guint64 i = 0; i < n_entries && !box.bad; i++)
    {
      guint64 length = take (&box, width), from = take (&box, width);
      gboolean is_empty = from == (width == 8 ? G_MAXUINT64 : G_MAXUINT32);

      if (take (&box, 4) != 0x10000 || begun || length > (guint64) MAX_UNITS)
        return FALSE;
      if (is_empty)
        table->late += length;
      else if (from > (guint64) MAX_UNITS)
        return FALSE;
      else
        {
          table->skipped = (gint64) from;
          begun = TRUE;
        }
    }
  return !box.bad;
}

/* A table whose entries are of this many bytes, after as many that lead to their number. */
static gboolean
open_list (Bytes box, const char *name, int n_before, int entry_bytes, Bytes *list, guint64 *n_entries)
{
  *n_entries = 0;
  if (!find_box (box, name, list))
    return FALSE;
  take (list, n_before);
  *n_entries = take (list, 4);
  return !list->bad && *n_entries <= get_n_left (list) / (gsize) entry_bytes;
}

static gboolean
read_sizes (SemioFragmentTable *table, Bytes stbl)
{
  guint64 same, n_rows;
  Bytes list;

  if (!find_box (stbl, "stsz", &list))
    return TRUE;
  take (&list, 4);
  same = take (&list, 4);
  n_rows = take (&list, 4);
  if (list.bad || n_rows > MAX_ROWS || (same == 0 && n_rows > get_n_left (&list) / 4))
    return FALSE;
  for (guint64 i = 0; i < n_rows; i++)
    {
      SemioFragmentRow row = { .n_bytes = (guint32) (same ? same : take (&list, 4)), .key = TRUE };

      g_array_append_val (table->rows, row);
    }
  return TRUE;
}

static gboolean
read_times (SemioFragmentTable *table, Bytes stbl)
{
  guint64 n_entries;
  guint at = 0;
  Bytes list;

  if (!open_list (stbl, "stts", 4, 8, &list, &n_entries))
    return table->rows->len == 0;
  for (guint64 i = 0; i < n_entries; i++)
    {
      guint64 count = take (&list, 4), duration = take (&list, 4);

      for (guint64 j = 0; j < count && at < table->rows->len; j++, at++)
        {
          SemioFragmentRow *row = &g_array_index (table->rows, SemioFragmentRow, at);

          row->decode = table->next_decode;
          row->duration = (guint32) duration;
          table->next_decode += (gint64) duration;
        }
    }
  return at == table->rows->len;
}

static gboolean
read_shifts (SemioFragmentTable *table, Bytes stbl)
{
  guint64 n_entries;
  guint at = 0;
  Bytes list;

  if (!find_box (stbl, "ctts", &list))
    return TRUE;
  if (!open_list (stbl, "ctts", 4, 8, &list, &n_entries))
    return FALSE;
  for (guint64 i = 0; i < n_entries; i++)
    {
      guint64 count = take (&list, 4);
      /* Files of the older version hold negative numbers too. */
      gint32 shift = (gint32) take (&list, 4);

      for (guint64 j = 0; j < count && at < table->rows->len; j++, at++)
        g_array_index (table->rows, SemioFragmentRow, at).shift = shift;
    }
  return TRUE;
}

static gboolean
read_keys (SemioFragmentTable *table, Bytes stbl)
{
  guint64 n_entries;
  Bytes list;

  if (!find_box (stbl, "stss", &list))
    return TRUE;
  if (!open_list (stbl, "stss", 4, 4, &list, &n_entries))
    return FALSE;
  for (guint i = 0; i < table->rows->len; i++)
    g_array_index (table->rows, SemioFragmentRow, i).key = FALSE;
  for (guint64 i = 0; i < n_entries; i++)
    {
      guint64 number = take (&list, 4);

      if (number < 1 || number > table->rows->len)
        return FALSE;
      g_array_index (table->rows, SemioFragmentRow, number - 1).key = TRUE;
    }
  return TRUE;
}

/* Which chunk each packet lies in, and so where. */
static gboolean
read_places (SemioFragmentTable *table, Bytes stbl)
{
  guint64 n_runs, n_chunks, first = 0, per_chunk = 0, next_first = 1, run = 0;
  gboolean is_wide = FALSE;
  Bytes runs, chunks;
  guint at = 0;

  if (table->rows->len == 0)
    return TRUE;
  if (!open_list (stbl, "stsc", 4, 12, &runs, &n_runs))
    return FALSE;
  if (!open_list (stbl, "stco", 4, 4, &chunks, &n_chunks))
    {
      is_wide = TRUE;
      if (!open_list (stbl, "co64", 4, 8, &chunks, &n_chunks))
        return FALSE;
    }
  for (guint64 chunk = 1; chunk <= n_chunks && at < table->rows->len; chunk++)
    {
      guint64 offset = take (&chunks, is_wide ? 8 : 4);

      while (run < n_runs && chunk >= next_first)
        {
          first = take (&runs, 4);
          per_chunk = take (&runs, 4);
          /* Another description would mean another kind of packets. */
          if (take (&runs, 4) != 1 || first < 1)
            return FALSE;
          run++;
          next_first = run < n_runs ? semio_fragment_read_number (runs.at, 4) : G_MAXUINT64;
        }
      for (guint64 i = 0; i < per_chunk && at < table->rows->len; i++, at++)
        {
          SemioFragmentRow *row = &g_array_index (table->rows, SemioFragmentRow, at);

          row->offset = offset;
          offset += row->n_bytes;
        }
    }
  return at == table->rows->len;
}

static gboolean
read_media (SemioFragmentTable *table, Bytes media)
{
  Bytes box, stbl;

  if (!find_box (media, "mdhd", &box))
    return FALSE;
  table->timescale = read_after_dates (box);
  if (table->timescale == 0 || !find_box (media, "hdlr", &box) || get_n_left (&box) < 12)
    return FALSE;
  table->is_picture = memcmp (box.at + 8, "vide", 4) == 0;
  table->is_sound = memcmp (box.at + 8, "soun", 4) == 0;
  if (!find_box (media, "minf", &box) || !find_box (box, "stbl", &stbl))
    return FALSE;
  return read_sizes (table, stbl) && read_times (table, stbl) && read_shifts (table, stbl) && read_keys (table, stbl)
         && read_places (table, stbl);
}

static gboolean
read_track (SemioFragmentReader *self, Bytes trak)
{
  SemioFragmentTable *table;
  Bytes box, edits;

  if (self->tables->len >= MAX_TRACKS)
    return FALSE;
  table = g_new0 (SemioFragmentTable, 1);
  table->rows = g_array_new (FALSE, FALSE, sizeof (SemioFragmentRow));
  g_ptr_array_add (self->tables, table);
  if (!find_box (trak, "tkhd", &box))
    return FALSE;
  table->id = read_after_dates (box);
  if (find_box (trak, "edts", &box) && find_box (box, "elst", &edits) && !read_edits (table, edits))
    return FALSE;
  return find_box (trak, "mdia", &box) && read_media (table, box);
}

static void
read_usual (SemioFragmentReader *self, Bytes box)
{
  SemioFragmentTable *table;

  take (&box, 4);
  table = find_table (self, (guint32) take (&box, 4));
  take (&box, 4);
  if (!table)
    return;
  table->usual_duration = (guint32) take (&box, 4);
  table->usual_bytes = (guint32) take (&box, 4);
  table->usual_flags = (guint32) take (&box, 4);
}

gboolean
semio_fragment_reader_movie (SemioFragmentReader *self, const guint8 *data, gsize n_bytes)
{
  Bytes all = { data, data + n_bytes, FALSE }, movie, box, inside;
  const guint8 *name;

  if (self->tables->len > 0 || !find_box (all, "moov", &movie) || !find_box (movie, "mvhd", &box))
    return FALSE;
  self->movie_timescale = read_after_dates (box);
  if (self->movie_timescale == 0)
    return FALSE;
  for (Bytes rest = movie; next_box (&rest, &name, &box);)
    if (memcmp (name, "trak", 4) == 0 && !read_track (self, box))
      return FALSE;
  if (find_box (movie, "mvex", &inside))
    while (next_box (&inside, &name, &box))
      if (memcmp (name, "trex", 4) == 0)
        read_usual (self, box);
  for (guint i = 0; i < self->tables->len; i++)
    {
      SemioFragmentTable *table = self->tables->pdata[i];

      if (table->late / self->movie_timescale > G_MAXINT32)
        return FALSE;
      table->late_ns = (gint64) (table->late / self->movie_timescale * NS_PER_SECOND
                                 + table->late % self->movie_timescale * NS_PER_SECOND / self->movie_timescale);
    }
  return self->tables->len > 0;
}

static gboolean
add_row (Run *run, Bytes *list, guint64 flags, gboolean has_first, guint32 first_flags)
{
  SemioFragmentTable *table = run->table;
  SemioFragmentRow row = { .decode = table->next_decode };
  guint32 sample_flags = run->flags;

  row.duration = (flags & TRUN_DURATION) ? (guint32) take (list, 4) : run->duration;
  row.n_bytes = (flags & TRUN_SIZE) ? (guint32) take (list, 4) : run->n_bytes;
  if (flags & TRUN_FLAGS)
    sample_flags = (guint32) take (list, 4);
  else if (has_first)
    sample_flags = first_flags;
  /* Files of the older version hold negative numbers too. */
  if (flags & TRUN_SHIFT)
    row.shift = (gint32) take (list, 4);
  row.key = !(sample_flags & SAMPLE_IS_NO_KEY);
  row.offset = run->data;
  run->data += row.n_bytes;
  table->next_decode += row.duration;
  g_array_append_val (table->rows, row);
  return !list->bad && table->rows->len <= MAX_ROWS && table->next_decode <= MAX_UNITS;
}

static gboolean
read_run (Run *run, Bytes box)
{
  guint64 flags = take (&box, 4) & 0xffffff, n_rows = take (&box, 4);
  guint32 first_flags;
  gsize row_bytes = 0;

  if (flags & TRUN_OFFSET)
    run->data = run->base + (guint64) (gint64) (gint32) take (&box, 4);
  first_flags = (flags & TRUN_FIRST_FLAGS) ? (guint32) take (&box, 4) : 0;
  for (guint64 bit = TRUN_DURATION; bit <= TRUN_SHIFT; bit <<= 1)
    row_bytes += (flags & bit) ? 4 : 0;
  /* Rows without a byte of their own could be of any number. */
  if (box.bad || n_rows > MAX_ROWS || (row_bytes > 0 && n_rows > get_n_left (&box) / row_bytes))
    return FALSE;
  for (guint64 i = 0; i < n_rows; i++)
    if (!add_row (run, &box, flags, i == 0 && (flags & TRUN_FIRST_FLAGS), first_flags))
      return FALSE;
  return TRUE;
}

/* Takes the head of one track's fragment. */
static gboolean
read_run_head (SemioFragmentReader *self, Bytes box, Run *run)
{
  guint64 flags = take (&box, 4) & 0xffffff;
  SemioFragmentTable *table = find_table (self, (guint32) take (&box, 4));

  if (!table)
    return FALSE;
  run->table = table;
  if (flags & TFHD_BASE)
    run->base = run->data = take (&box, 8);
  if ((flags & TFHD_DESCRIPTION) && take (&box, 4) != 1)
    return FALSE;
  run->duration = (flags & TFHD_DURATION) ? (guint32) take (&box, 4) : table->usual_duration;
  run->n_bytes = (flags & TFHD_SIZE) ? (guint32) take (&box, 4) : table->usual_bytes;
  run->flags = (flags & TFHD_FLAGS) ? (guint32) take (&box, 4) : table->usual_flags;
  return !box.bad;
}

static gboolean
read_track_fragment (SemioFragmentReader *self, Bytes traf, guint64 place, guint64 *data)
{
  Run run = { NULL, place, *data, 0, 0, 0 };
  const guint8 *name;
  Bytes box;

  if (!find_box (traf, "tfhd", &box) || !read_run_head (self, box, &run))
    return FALSE;
  if (find_box (traf, "tfdt", &box))
    {
      guint64 version = take (&box, 1), begin;

      take (&box, 3);
      begin = take (&box, version == 1 ? 8 : 4);
      if (box.bad || begin > (guint64) MAX_UNITS)
        return FALSE;
      run.table->next_decode = (gint64) begin;
    }
  while (next_box (&traf, &name, &box))
    if (memcmp (name, "trun", 4) == 0 && !read_run (&run, box))
      return FALSE;
  *data = run.data;
  return !traf.bad;
}

gboolean
semio_fragment_reader_fragment (SemioFragmentReader *self, const guint8 *bytes, gsize n_bytes, guint64 place)
{
  Bytes all = { bytes, bytes + n_bytes, FALSE }, moof, box;
  const guint8 *name;
  guint64 data = place;

  if (!find_box (all, "moof", &moof))
    return FALSE;
  while (next_box (&moof, &name, &box))
    if (memcmp (name, "traf", 4) == 0 && !read_track_fragment (self, box, place, &data))
      return FALSE;
  return !moof.bad;
}
