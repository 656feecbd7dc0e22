/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-packet-list.h"

#include <glib/gi18n-lib.h>

#include "semio-media-error.h"

/* Containers that count in milliseconds make constant gaps differ by this much. */
#define ROUNDING_NS G_GINT64_CONSTANT (2000000)
/* A start later than this is worth saying. Encoders that reorder frames start up to a few frames late by nature. */
#define LATE_START_NS (SEMIO_NS_PER_SECOND / 2)

SemioPacketList *
semio_packet_list_new (void)
{
  SemioPacketList *self = g_new0 (SemioPacketList, 1);

  self->packets = g_array_new (FALSE, FALSE, sizeof (SemioPacket));
  return self;
}

void
semio_packet_list_free (SemioPacketList *self)
{
  g_array_unref (self->packets);
  g_free (self);
}

void
semio_packet_list_add (SemioPacketList *self, gint64 stream_ns, gint64 duration_ns, gboolean key)
{
  SemioPacket packet = { stream_ns, duration_ns, key, FALSE };

  self->has_key |= key;
  packet.headless = !self->has_key;
  g_array_append_val (self->packets, packet);
}

void
semio_packet_list_note_hidden (SemioPacketList *self, gboolean key)
{
  self->has_key |= key;
}

static int
compare_packets (gconstpointer a, gconstpointer b)
{
  gint64 a_ns = ((const SemioPacket *) a)->stream_ns, b_ns = ((const SemioPacket *) b)->stream_ns;

  return (a_ns > b_ns) - (a_ns < b_ns);
}

static int
compare_gaps (gconstpointer a, gconstpointer b)
{
  gint64 a_ns = *(const gint64 *) a, b_ns = *(const gint64 *) b;

  return (a_ns > b_ns) - (a_ns < b_ns);
}

/* The median gap; and whether more than one gap in a hundred is another one. A few lost frames are no variable rate. */
static gint64
measure_gaps (GArray *times, gboolean *variable)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 median_ns;
  guint n_other = 0;

  *variable = FALSE;
  for (guint i = 1; i < times->len; i++)
    {
      gint64 gap_ns = g_array_index (times, gint64, i) - g_array_index (times, gint64, i - 1);

      g_array_append_val (gaps, gap_ns);
    }
  if (gaps->len == 0)
    return 0;
  g_array_sort (gaps, compare_gaps);
  median_ns = g_array_index (gaps, gint64, gaps->len / 2);
  for (guint i = 0; i < gaps->len; i++)
    if (ABS (g_array_index (gaps, gint64, i) - median_ns) > ROUNDING_NS)
      n_other++;
  *variable = n_other * 100 > gaps->len;
  return median_ns;
}

SemioFrameIndex *
semio_packet_list_to_index (SemioPacketList *self, SemioFrameIndexFlags flags, GError **error)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GByteArray) keys = g_byte_array_new ();
  gint64 last_duration_ns = 0, median_ns;
  gboolean variable;

  g_array_sort (self->packets, compare_packets);
  for (guint i = 0; i < self->packets->len; i++)
    {
      const SemioPacket *packet = &g_array_index (self->packets, SemioPacket, i);
      /* One that reaches in from before the beginning is shown from the beginning. */
      gint64 stream_ns = MAX (packet->stream_ns, 0);
      guint8 key = packet->key;

      if (self->has_key && packet->headless)
        continue;
      if (times->len > 0 && g_array_index (times, gint64, times->len - 1) >= stream_ns)
        {
          self->n_doubled++;
          continue;
        }
      g_array_append_val (times, stream_ns);
      g_byte_array_append (keys, &key, 1);
      last_duration_ns = packet->duration_ns;
    }
  if (times->len == 0)
    {
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_EMPTY,
                           _ ("The file holds no frame of a picture. Copy or export it again."));
      return NULL;
    }
  median_ns = measure_gaps (times, &variable);
  if (last_duration_ns <= 0 || (median_ns > 0 && last_duration_ns > 10 * median_ns))
    last_duration_ns = median_ns > 0 ? median_ns : SEMIO_NS_PER_SECOND / 25;
  if (variable)
    flags |= SEMIO_FRAME_INDEX_VARIABLE_RATE;
  if (g_array_index (times, gint64, 0) > LATE_START_NS)
    flags |= SEMIO_FRAME_INDEX_LATE_START;
  return semio_frame_index_new ((const gint64 *) (gpointer) times->data, keys->data, times->len, last_duration_ns, flags, error);
}
