/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-frame-cache.h"

#include <gst/video/video.h>
#include <string.h>

#include "semio-frame-source.h"

/* So many frames at first, so that the first step back comes soon. */
#define FIRST_CHUNK 24
/* Before the size of a picture is known. */
#define GUESSED_FRAMES 24
/* Of the room, one part in so many is for frames after the playhead. */
#define AHEAD_PART 6
/* Frames ahead go this much sooner than frames behind, when room is needed. */
#define AHEAD_WEIGHT 5
/* Pictures made by playing are large and many; the last of them are enough until the thread has filled in more. */
#define MAX_ADDED 16
/* Work on frames that are this far from the playhead is given up. */
#define USELESS_FRAMES 64

struct _SemioFrameCache {
  int fd;
  SemioFrameIndex *index;
  gsize max_bytes;
  SemioFrameCacheFunc func;
  gpointer user_data;
  GThread *thread;
  SemioFrameSource *source; /* only touched in the thread */
  GstVideoConverter *converter; /* this and the next two: only touched in the main context */
  GstCaps *converted_caps;
  GstVideoInfo converted_info;

  GMutex mutex; /* for what follows */
  GCond wake;
  gboolean quit, failed;
  gint64 playhead; /* -1: nothing to do */
  gint64 chunk_begin, chunk_end; /* being filled; chunk_end is the last, -1 nothing */
  int width_px, height_px;
  gboolean deinterlaced;
  guint view_serial;
  GHashTable *samples; /* gint64 frame → GstSample */
  gsize n_bytes, frame_bytes;
  gint64 added[MAX_ADDED]; /* frames that were decoded elsewhere, in turn; -1 none */
  guint next_added;
  guint told; /* source of a call that is under way, 0 none */
};

static gsize
get_bytes (GstSample *sample)
{
  return gst_buffer_get_size (gst_sample_get_buffer (sample));
}

static gboolean
has (SemioFrameCache *self, gint64 frame)
{
  return g_hash_table_contains (self->samples, &frame);
}

static gint64
get_room (SemioFrameCache *self)
{
  return self->frame_bytes > 0 ? MAX ((gint64) (self->max_bytes / self->frame_bytes), 4) : GUESSED_FRAMES;
}

/* With the mutex held. */
static void
drop (SemioFrameCache *self, gint64 frame)
{
  GstSample *sample = g_hash_table_lookup (self->samples, &frame);

  if (!sample)
    return;
  self->n_bytes -= get_bytes (sample);
  g_hash_table_remove (self->samples, &frame);
}

/* Removes what is furthest from the playhead until there is room for one more. With the mutex held. */
static void
make_room (SemioFrameCache *self, gsize n_more_bytes, gint64 near)
{
  while (self->n_bytes + n_more_bytes > self->max_bytes && g_hash_table_size (self->samples) > 0)
    {
      gint64 worst = -1, worst_distance = -1;
      GHashTableIter iter;
      gpointer key, value;

      g_hash_table_iter_init (&iter, self->samples);
      while (g_hash_table_iter_next (&iter, &key, &value))
        {
          gint64 frame = *(gint64 *) key;
          gint64 distance = frame > near ? (frame - near) * AHEAD_WEIGHT : near - frame;

          if (distance <= worst_distance)
            continue;
          worst = frame;
          worst_distance = distance;
        }
      drop (self, worst);
    }
}

/* With the mutex held. */
static void
insert (SemioFrameCache *self, gint64 frame, GstSample *sample, gint64 near)
{
  gsize n_bytes = get_bytes (sample);

  if (has (self, frame) || n_bytes > self->max_bytes)
    return;
  make_room (self, n_bytes, near);
  g_hash_table_insert (self->samples, g_memdup2 (&frame, sizeof frame), gst_sample_ref (sample));
  self->n_bytes += n_bytes;
}

/* What is to be decoded next, at most one stretch without a gap; FALSE when enough is there. With the mutex held. */
static gboolean
plan (SemioFrameCache *self, gint64 *begin, gint64 *end)
{
  gint64 room = get_room (self), back = room - room / AHEAD_PART;
  gint64 bottom = MAX (self->playhead - back + 1, 0), last = self->playhead, n_held, length, key;

  while (last >= bottom && has (self, last))
    last--;
  n_held = self->playhead - last;
  /* A stretch costs all frames since its key frame, so not a frame at a time: only when a good part of the room is free. */
  length = n_held < FIRST_CHUNK / 2 ? FIRST_CHUNK : MAX (room / 3, FIRST_CHUNK);
  if (last < bottom || (n_held >= FIRST_CHUNK && bottom > 0 && last - bottom + 1 < length))
    return FALSE;
  *end = last;
  *begin = MAX (last - length + 1, bottom);
  key = semio_frame_index_get_key_before (self->index, *begin);
  if (key >= bottom && *begin - key < length / 2)
    *begin = key;
  while (*begin < *end && has (self, *begin))
    (*begin)++;
  return TRUE;
}

static gboolean
tell_cb (gpointer user_data)
{
  SemioFrameCache *self = user_data;

  g_mutex_lock (&self->mutex);
  self->told = 0;
  g_mutex_unlock (&self->mutex);
  self->func (self->user_data);
  return G_SOURCE_REMOVE;
}

/* With the mutex held, in the thread. */
static void
tell (SemioFrameCache *self)
{
  if (self->told == 0 && !self->quit)
    self->told = g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, self, NULL);
}

/* Whether what is being filled is still wanted. With the mutex held. */
static gboolean
is_wanted (SemioFrameCache *self)
{
  return !self->quit && self->playhead >= 0 && self->playhead >= self->chunk_begin - USELESS_FRAMES
         && self->playhead <= self->chunk_end + get_room (self);
}

static gboolean
alive_cb (gpointer user_data)
{
  SemioFrameCache *self = user_data;
  gboolean wanted;

  g_mutex_lock (&self->mutex);
  wanted = is_wanted (self);
  g_mutex_unlock (&self->mutex);
  return wanted;
}

/* One frame, in the thread. FALSE when there is no use in going on with this stretch. */
static gboolean
fill_one (SemioFrameCache *self, gint64 frame, guint view_serial, int width_px, int height_px, gboolean deinterlaced)
{
  g_autoptr (GError) error = NULL;
  GstSample *sample = NULL;
  gboolean goes_on;

  if (!self->source)
    self->source = semio_frame_source_new_for (self->fd, self->index, SEMIO_PICTURE_HELD, alive_cb, self, &error);
  if (self->source)
    semio_frame_source_set_deinterlaced (self->source, deinterlaced);
  if (self->source)
    sample = semio_frame_source_get (self->source, frame, width_px, height_px, &error);
  g_mutex_lock (&self->mutex);
  goes_on = sample && is_wanted (self) && self->view_serial == view_serial;
  if (goes_on)
    {
      self->frame_bytes = get_bytes (sample);
      insert (self, frame, sample, self->playhead);
      tell (self);
    }
  else if (!sample && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_info ("Filling the frame cache: %s", error->message);
      self->failed = TRUE;
      tell (self);
    }
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&sample, gst_sample_unref);
  return goes_on;
}

static gpointer
run (gpointer user_data)
{
  SemioFrameCache *self = user_data;
  gint64 begin, end;

  g_mutex_lock (&self->mutex);
  while (!self->quit)
    {
      guint view_serial = self->view_serial;
      int width_px = self->width_px, height_px = self->height_px;
      gboolean deinterlaced = self->deinterlaced, goes_on = TRUE;

      if (self->playhead < 0 || self->failed || !plan (self, &begin, &end))
        {
          g_cond_wait (&self->wake, &self->mutex);
          continue;
        }
      self->chunk_begin = begin;
      self->chunk_end = end;
      g_mutex_unlock (&self->mutex);
      for (gint64 frame = begin; frame <= end && goes_on; frame++)
        goes_on = fill_one (self, frame, view_serial, width_px, height_px, deinterlaced);
      g_mutex_lock (&self->mutex);
      self->chunk_end = -1;
    }
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->source, semio_frame_source_free);
  return NULL;
}

SemioFrameCache *
semio_frame_cache_new (int fd, SemioFrameIndex *index, gsize max_bytes, SemioFrameCacheFunc func, gpointer user_data)
{
  SemioFrameCache *self = g_new0 (SemioFrameCache, 1);

  self->fd = fd;
  self->index = semio_frame_index_ref (index);
  self->max_bytes = max_bytes;
  self->func = func;
  self->user_data = user_data;
  self->playhead = self->chunk_end = -1;
  memset (self->added, 0xff, sizeof self->added);
  self->samples = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) gst_sample_unref);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  self->thread = g_thread_new ("frame-cache", run, self);
  return self;
}

void
semio_frame_cache_free (SemioFrameCache *self)
{
  g_mutex_lock (&self->mutex);
  self->quit = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_clear_handle_id (&self->told, g_source_remove);
  g_clear_pointer (&self->converter, gst_video_converter_free);
  gst_clear_caps (&self->converted_caps);
  g_hash_table_unref (self->samples);
  semio_frame_index_unref (self->index);
  g_cond_clear (&self->wake);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Pictures are to be made in another way from now on. With the mutex held. */
static void
forget_all (SemioFrameCache *self)
{
  self->view_serial++;
  g_hash_table_remove_all (self->samples);
  self->n_bytes = 0;
  g_cond_signal (&self->wake);
}

void
semio_frame_cache_set_view (SemioFrameCache *self, int width_px, int height_px)
{
  g_mutex_lock (&self->mutex);
  if (self->width_px != width_px || self->height_px != height_px)
    {
      self->width_px = width_px;
      self->height_px = height_px;
      forget_all (self);
    }
  g_mutex_unlock (&self->mutex);
}

void
semio_frame_cache_set_deinterlaced (SemioFrameCache *self, gboolean deinterlaced)
{
  g_mutex_lock (&self->mutex);
  if (self->deinterlaced != deinterlaced)
    {
      self->deinterlaced = deinterlaced;
      forget_all (self);
    }
  g_mutex_unlock (&self->mutex);
}

/* Conversion of a kept picture, as the chain that plays does it at its end. */
static gboolean
prepare_converter (SemioFrameCache *self, GstCaps *caps, GstVideoInfo *info)
{
  GstStructure *options;

  if (!gst_video_info_from_caps (info, caps))
    return FALSE;
  if (self->converted_caps && gst_caps_is_equal (self->converted_caps, caps))
    return TRUE;
  g_clear_pointer (&self->converter, gst_video_converter_free);
  gst_clear_caps (&self->converted_caps);
  gst_video_info_set_format (&self->converted_info, GST_VIDEO_FORMAT_BGRA, info->width, info->height);
  self->converted_info.fps_n = info->fps_n;
  self->converted_info.fps_d = info->fps_d;
  self->converted_info.par_n = info->par_n;
  self->converted_info.par_d = info->par_d;
  self->converted_info.interlace_mode = info->interlace_mode;
  options = gst_structure_new ("options", GST_VIDEO_CONVERTER_OPT_THREADS, G_TYPE_UINT, 2, NULL);
  self->converter = gst_video_converter_new (info, &self->converted_info, options);
  if (!self->converter)
    return FALSE;
  self->converted_caps = gst_caps_ref (caps);
  return TRUE;
}

static GstSample *
convert (SemioFrameCache *self, GstSample *sample)
{
  g_autoptr (GstBuffer) buffer = NULL;
  g_autoptr (GstCaps) caps = NULL;
  GstVideoFrame from, to;
  GstVideoInfo info;

  if (!prepare_converter (self, gst_sample_get_caps (sample), &info))
    return NULL;
  if (GST_VIDEO_INFO_FORMAT (&info) == GST_VIDEO_FORMAT_BGRA)
    return gst_sample_ref (sample);
  buffer = gst_buffer_new_allocate (NULL, self->converted_info.size, NULL);
  if (!gst_video_frame_map (&from, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  if (gst_video_frame_map (&to, &self->converted_info, buffer, GST_MAP_WRITE))
    {
      gst_video_converter_frame (self->converter, &from, &to);
      gst_video_frame_unmap (&to);
    }
  gst_video_frame_unmap (&from);
  caps = gst_video_info_to_caps (&self->converted_info);
  return gst_sample_new (buffer, caps, NULL, NULL);
}

GstSample *
semio_frame_cache_get (SemioFrameCache *self, gint64 frame)
{
  GstSample *sample, *converted;

  g_mutex_lock (&self->mutex);
  sample = g_hash_table_lookup (self->samples, &frame);
  if (sample)
    gst_sample_ref (sample);
  g_mutex_unlock (&self->mutex);
  if (!sample)
    return NULL;
  converted = convert (self, sample);
  gst_sample_unref (sample);
  return converted;
}

gboolean
semio_frame_cache_has (SemioFrameCache *self, gint64 frame)
{
  gboolean found;

  g_mutex_lock (&self->mutex);
  found = has (self, frame);
  g_mutex_unlock (&self->mutex);
  return found;
}

void
semio_frame_cache_add (SemioFrameCache *self, gint64 frame, GstSample *sample)
{
  gint64 *oldest;

  g_mutex_lock (&self->mutex);
  oldest = &self->added[self->next_added];
  if (!has (self, frame))
    {
      drop (self, *oldest);
      *oldest = frame;
      self->next_added = (self->next_added + 1) % MAX_ADDED;
      insert (self, frame, sample, frame);
    }
  g_mutex_unlock (&self->mutex);
}

void
semio_frame_cache_fill (SemioFrameCache *self, gint64 playhead)
{
  g_mutex_lock (&self->mutex);
  self->playhead = playhead;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
}

gboolean
semio_frame_cache_can_fill (SemioFrameCache *self)
{
  gboolean can;

  g_mutex_lock (&self->mutex);
  can = !self->failed;
  g_mutex_unlock (&self->mutex);
  return can;
}

gsize
semio_frame_cache_get_bytes (SemioFrameCache *self)
{
  gsize n_bytes;

  g_mutex_lock (&self->mutex);
  n_bytes = self->n_bytes;
  g_mutex_unlock (&self->mutex);
  return n_bytes;
}
