/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-packet-need.h"

enum { CODING_UNKNOWN, CODING_H264, CODING_H265, CODING_MPEG2, CODING_MPEG4, CODING_PICTURES };

/* A picture, coded from others or not, and whether others are coded from it. */
typedef enum { UNIT_OTHER, UNIT_NEEDED, UNIT_NOT_NEEDED } Unit;

#define H264_FIRST_SLICE 1
#define H264_LAST_SLICE 5
#define H265_FIRST_RESERVED 16
#define H265_LAST_PICTURE 31
#define H265_SPS 33
#define MPEG_B_PICTURE 3
#define MPEG4_B_PICTURE 2
#define MPEG2_PICTURE_CODE 0x00
#define MPEG4_PICTURE_CODE 0xb6

void
semio_packet_need_init (SemioPacketNeed *self)
{
  *self = (SemioPacketNeed){ CODING_UNKNOWN, 0, -1 };
}

static int
find_coding (const GstStructure *structure)
{
  int version = 0;

  if (gst_structure_has_name (structure, "video/x-h264"))
    return CODING_H264;
  if (gst_structure_has_name (structure, "video/x-h265"))
    return CODING_H265;
  if (gst_structure_has_name (structure, "image/jpeg"))
    return CODING_PICTURES;
  if (!gst_structure_has_name (structure, "video/mpeg") || !gst_structure_get_int (structure, "mpegversion", &version))
    return CODING_UNKNOWN;
  return version == 4 ? CODING_MPEG4 : CODING_MPEG2;
}

void
semio_packet_need_set_caps (SemioPacketNeed *self, GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  const GValue *value = gst_structure_get_value (structure, "codec_data");
  GstBuffer *header = value && GST_VALUE_HOLDS_BUFFER (value) ? gst_value_get_buffer (value) : NULL;
  guint8 byte;

  semio_packet_need_init (self);
  self->coding = find_coding (structure);
  if (!header)
    return;
  if (self->coding == CODING_H264 && gst_buffer_extract (header, 4, &byte, 1) == 1)
    self->length_bytes = (byte & 3) + 1;
  else if (self->coding == CODING_H265 && gst_buffer_extract (header, 21, &byte, 1) == 1)
    {
      self->length_bytes = (byte & 3) + 1;
      self->max_layer = ((byte >> 3) & 7) - 1;
    }
}

static Unit
read_h264 (const guint8 *data)
{
  int kind = data[0] & 0x1f;

  if (kind < H264_FIRST_SLICE || kind > H264_LAST_SLICE)
    return UNIT_OTHER;
  return (data[0] >> 5) & 3 ? UNIT_NEEDED : UNIT_NOT_NEEDED;
}

/* A picture of an even kind is none that others of its layer are coded from; those of higher layers still may be. */
static Unit
read_h265 (SemioPacketNeed *self, const guint8 *data, gsize length)
{
  int kind = (data[0] >> 1) & 0x3f, layer = length > 1 ? (data[1] & 7) - 1 : 0;

  if (kind == H265_SPS && length > 2)
    self->max_layer = (data[2] >> 1) & 7;
  if (kind > H265_LAST_PICTURE)
    return UNIT_OTHER;
  return kind < H265_FIRST_RESERVED && kind % 2 == 0 && self->max_layer >= 0 && layer >= self->max_layer ? UNIT_NOT_NEEDED
                                                                                                         : UNIT_NEEDED;
}

static Unit
read_unit (SemioPacketNeed *self, const guint8 *data, gsize length)
{
  if (length < 1)
    return UNIT_OTHER;
  if (self->coding == CODING_H264)
    return read_h264 (data);
  if (self->coding == CODING_H265)
    return read_h265 (self, data, length);
  if (self->coding == CODING_MPEG2 && data[0] == MPEG2_PICTURE_CODE && length > 2)
    return ((data[2] >> 3) & 7) == MPEG_B_PICTURE ? UNIT_NOT_NEEDED : UNIT_NEEDED;
  if (self->coding == CODING_MPEG4 && data[0] == MPEG4_PICTURE_CODE && length > 1)
    return data[1] >> 6 == MPEG4_B_PICTURE ? UNIT_NOT_NEEDED : UNIT_NEEDED;
  return UNIT_OTHER;
}

/* Of a packet with several pictures, as two fields or packed ones, one that is needed decides. */
static void
add_unit (SemioPacketNeed *self, const guint8 *data, gsize length, Unit *found)
{
  Unit unit = read_unit (self, data, length);

  if (unit == UNIT_NEEDED || (unit == UNIT_NOT_NEEDED && *found == UNIT_OTHER))
    *found = unit;
}

static Unit
read_counted (SemioPacketNeed *self, const guint8 *data, gsize length)
{
  Unit found = UNIT_OTHER;
  gsize at = 0;

  while (at + self->length_bytes < length)
    {
      gsize unit_bytes = 0;

      for (int i = 0; i < self->length_bytes; i++)
        unit_bytes = unit_bytes << 8 | data[at++];
      if (unit_bytes > length - at)
        return UNIT_NEEDED;
      add_unit (self, data + at, unit_bytes, &found);
      at += unit_bytes;
    }
  return found;
}

static Unit
read_start_codes (SemioPacketNeed *self, const guint8 *data, gsize length)
{
  Unit found = UNIT_OTHER;

  for (gsize at = 0; at + 3 < length;)
    {
      if (data[at + 2] > 1)
        at += 3;
      else if (data[at] == 0 && data[at + 1] == 0 && data[at + 2] == 1)
        {
          add_unit (self, data + at + 3, length - at - 3, &found);
          at += 3;
        }
      else
        at++;
    }
  return found;
}

gboolean
semio_packet_need_test (SemioPacketNeed *self, GstBuffer *buffer)
{
  GstMapInfo map;
  Unit found;

  if (self->coding == CODING_PICTURES)
    return FALSE;
  if (self->coding == CODING_UNKNOWN || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return TRUE;
  found = self->length_bytes > 0 ? read_counted (self, map.data, map.size) : read_start_codes (self, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  return found != UNIT_NOT_NEEDED;
}
