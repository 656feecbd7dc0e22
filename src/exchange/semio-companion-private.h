/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-csv-reader.h"

G_BEGIN_DECLS

/* The file with the lists of "file_name,event_sequence" in quotes, or as it is. */
GBytes *semio_companion_quote_sequences (GBytes *bytes);
/* (nullable): the first line as row 0; NULL when it is no header. */
SemioCsvTable *semio_companion_read_header (GBytes *bytes);

G_END_DECLS
