/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioSpan:
 * @begin_ns: first nanosecond inside, from the first displayed frame
 * @end_ns: first nanosecond after
 *
 * A half-open interval of time [begin, end).
 */
typedef struct {
  gint64 begin_ns;
  gint64 end_ns;
} SemioSpan;

#define SEMIO_NS_PER_SECOND G_GINT64_CONSTANT (1000000000)
/* What a time that is not known reads as. */
#define SEMIO_TIME_NONE G_MININT64

gint64 semio_span_get_length (SemioSpan span);
gboolean semio_span_is_empty (SemioSpan span);
gboolean semio_span_contains (SemioSpan span, gint64 time_ns);
gboolean semio_span_overlaps (SemioSpan a, SemioSpan b);
SemioSpan semio_span_intersect (SemioSpan a, SemioSpan b);

/* Text of times: "1:02:03.400", "0:12". */
char *semio_time_format (gint64 time_ns, int decimals);
/* Reads "M:SS", "H:MM:SS", either with decimals. precision_ns (nullable) is what the text can tell: 1 s for "M:SS". */
gboolean semio_time_parse (const char *text, gint64 *time_ns, gint64 *precision_ns, GError **error);

G_END_DECLS
