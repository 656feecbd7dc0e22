/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioCsvWriter:
 *
 * Makes an RFC 4180 file: CRLF, quotes where needed, UTF-8 without BOM, numbers the same in every locale. Text that a
 * spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers.
 */
typedef struct _SemioCsvWriter SemioCsvWriter;

SemioCsvWriter *semio_csv_writer_new (void);
void semio_csv_writer_free (SemioCsvWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioCsvWriter, semio_csv_writer_free)

/* text may be NULL: an empty cell. */
void semio_csv_writer_add_text (SemioCsvWriter *writer, const char *text);
void semio_csv_writer_add_int (SemioCsvWriter *writer, gint64 value);
/* What is no finite number becomes an empty cell. */
void semio_csv_writer_add_double (SemioCsvWriter *writer, double value);
void semio_csv_writer_end_row (SemioCsvWriter *writer);
/* The whole file; the writer is empty afterwards. */
GBytes *semio_csv_writer_steal_bytes (SemioCsvWriter *writer);

/* The text as it was before an export put an apostrophe in front of it; other text as it is. */
const char *semio_csv_skip_guard (const char *text);

G_END_DECLS
