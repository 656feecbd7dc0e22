/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-clips.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/app/app.h>
#include <gst/gst.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "semio-test-barcode.h"

#define H264 "x264enc speed-preset=veryfast bframes=2 b-adapt=false key-int-max=30 bitrate=600 ! h264parse"
#define VP8 "vp8enc deadline=1 cpu-used=8 keyframe-max-dist=30 target-bitrate=600000"
#define VP9 "vp9enc deadline=1 cpu-used=8 keyframe-max-dist=30 target-bitrate=600000"
#define H265 "x265enc speed-preset=ultrafast key-int-max=30 bitrate=600 ! h265parse"
/* Groups of pictures that begin with frames which need the group before. */
#define OPEN_H264                                                                                                                \
  "x264enc speed-preset=veryfast bframes=4 b-adapt=false key-int-max=60 bitrate=600 option-string=open-gop=1 ! h264parse"
#define OPEN_H265 "x265enc speed-preset=ultrafast key-int-max=60 bitrate=600 option-string=\"open-gop=1:bframes=4\" ! h265parse"
#define MPEG2 "mpeg2enc format=3 bitrate=1500 b-per-refframe=0 max-gop-size=15 ! mpegvideoparse"
#define MPEG4 "avenc_mpeg4 bitrate=1500000 gop-size=40 max-bframes=0 ! mpeg4videoparse"
#define MJPEG "jpegenc quality=80"
#define AAC "avenc_aac ! aacparse"
#define AC3 "avenc_ac3 ! ac3parse"
#define MP3 "lamemp3enc ! mpegaudioparse"
#define VORBIS "vorbisenc"

/* How a clip is made: the video encoder, the sound encoder (or none), the muxer. */
typedef struct {
  SemioTestClip clip;
  const char *video;
  const char *sound;
  const char *mux;
  int rate_num, rate_den;
  gint64 start_ns;
  gboolean variable;
  int sound_percent; /* length of the sound against the picture */
  gboolean silent;
} Recipe;

static const Recipe recipes[] = {
  { { "cfr.mp4", SEMIO_TEST_CLIP_SOUND, 240, 0, TRUE }, H264, AAC, "mp4mux", 30, 1, 0, FALSE, 100, FALSE },
  { { "vfr.mp4", SEMIO_TEST_CLIP_SOUND, 199, 0, TRUE }, H264, AAC, "mp4mux", 30, 1, 0, TRUE, 100, FALSE },
  { { "cut-edit-list.mp4", SEMIO_TEST_CLIP_SOUND, 180, 45, TRUE }, H264, AAC, "mp4mux", 30, 1, 0, FALSE, 100, FALSE },
  { { "fragmented.mp4", SEMIO_TEST_CLIP_SOUND, 240, 0, TRUE },
    H264,
    AAC,
    "mp4mux fragment-duration=1000",
    30,
    1,
    0,
    FALSE,
    100,
    FALSE },
  { { "ntsc.mov", SEMIO_TEST_CLIP_SOUND, 200, 0, TRUE }, H264, AAC, "qtmux", 30000, 1001, 0, FALSE, 100, FALSE },
  { { "h264.mkv", SEMIO_TEST_CLIP_SOUND, 200, 0, TRUE }, H264, VORBIS, "matroskamux", 30000, 1001, 0, FALSE, 50, FALSE },
  { { "vp8.webm", SEMIO_TEST_CLIP_SOUND, 200, 0, TRUE }, VP8, VORBIS, "webmmux", 25, 1, 0, FALSE, 100, FALSE },
  { { "vp9.webm", SEMIO_TEST_CLIP_SOUND, 150, 0, FALSE }, VP9, NULL, "webmmux streamable=true", 30, 1, 0, FALSE, 100, FALSE },
  { { "h264.ts", SEMIO_TEST_CLIP_SOUND, 200, 0, TRUE }, H264, AAC, "mpegtsmux", 25, 1, 0, FALSE, 100, FALSE },
  { { "h264.avi", SEMIO_TEST_CLIP_SOUND, 200, 0, TRUE }, H264, MP3, "avimux", 25, 1, 0, FALSE, 100, FALSE },
  { { "hevc.mkv", SEMIO_TEST_CLIP_SOUND, 150, 0, TRUE }, H265, VORBIS, "matroskamux", 25, 1, 0, FALSE, 150, FALSE },
  { { "hevc.ts", SEMIO_TEST_CLIP_SOUND, 150, 0, TRUE }, H265, AAC, "mpegtsmux", 50, 1, 0, FALSE, 60, FALSE },
  { { "mpeg2.m2t", SEMIO_TEST_CLIP_SOUND, 150, 0, TRUE }, MPEG2, AC3, "mpegtsmux m2ts-mode=true", 25, 1, 0, FALSE, 100, FALSE },
  { { "mjpeg.avi", SEMIO_TEST_CLIP_SOUND, 100, 0, TRUE }, MJPEG, MP3, "avimux", 30, 1, 0, FALSE, 50, FALSE },
  { { "mpeg4.avi", SEMIO_TEST_CLIP_SOUND, 100, 0, FALSE }, MPEG4, NULL, "avimux", 25, 1, 0, FALSE, 0, FALSE },
  { { "long-sound.mp4", SEMIO_TEST_CLIP_SOUND, 100, 0, TRUE }, H264, AAC, "mp4mux", 60, 1, 0, FALSE, 180, FALSE },
  { { "open-h264.mp4", SEMIO_TEST_CLIP_SOUND, 240, 0, TRUE }, OPEN_H264, AAC, "mp4mux", 30, 1, 0, FALSE, 100, FALSE },
  { { "open-hevc.mp4", SEMIO_TEST_CLIP_SOUND, 240, 0, TRUE }, OPEN_H265, AAC, "mp4mux", 30, 1, 0, FALSE, 100, FALSE },
  { { "late-start.mkv", SEMIO_TEST_CLIP_SOUND, 150, 0, TRUE },
    H264,
    VORBIS,
    "matroskamux",
    25,
    1,
    2 * GST_SECOND,
    FALSE,
    100,
    FALSE },
  /* Nothing at all before the first picture: the demuxer counts from there, after a seek as before. */
  { { "late-alone.mkv", SEMIO_TEST_CLIP_SOUND, 150, 0, FALSE },
    H264,
    NULL,
    "matroskamux",
    25,
    1,
    2 * GST_SECOND,
    FALSE,
    0,
    FALSE },
  { { "late-alone.webm", SEMIO_TEST_CLIP_SOUND, 150, 0, FALSE }, VP8, NULL, "webmmux", 25, 1, 40 * GST_MSECOND, FALSE, 0, FALSE },
  { { "late-start.mp4", SEMIO_TEST_CLIP_SOUND, 150, 0, TRUE }, H264, AAC, "mp4mux", 25, 1, 2 * GST_SECOND, FALSE, 100, FALSE },
  { { "no-sound.mp4", SEMIO_TEST_CLIP_SOUND, 150, 0, FALSE }, H264, NULL, "mp4mux", 25, 1, 0, FALSE, 0, FALSE },
  { { "silent.mp4", SEMIO_TEST_CLIP_SOUND, 100, 0, TRUE }, H264, AAC, "mp4mux", 25, 1, 0, FALSE, 100, TRUE },
  { { "one-frame.mp4", SEMIO_TEST_CLIP_SOUND, 1, 0, FALSE }, H264, NULL, "mp4mux", 25, 1, 0, FALSE, 0, FALSE },
  { { "truncated.mp4", SEMIO_TEST_CLIP_CUT, 0, 0, TRUE }, NULL, NULL, NULL, 0, 1, 0, FALSE, 0, FALSE },
  { { "truncated-faststart.mp4", SEMIO_TEST_CLIP_CUT, 0, 0, TRUE },
    H264,
    AAC,
    "mp4mux faststart=true",
    25,
    1,
    0,
    FALSE,
    100,
    FALSE },
  { { "zero.mp4", SEMIO_TEST_CLIP_EMPTY, 0, 0, FALSE }, NULL, NULL, NULL, 0, 1, 0, FALSE, 0, FALSE },
  { { "text.mp4", SEMIO_TEST_CLIP_NOT_VIDEO, 0, 0, FALSE }, NULL, NULL, NULL, 0, 1, 0, FALSE, 0, FALSE },
  { { "playlist.mp4", SEMIO_TEST_CLIP_NOT_VIDEO, 0, 0, FALSE }, NULL, NULL, NULL, 0, 1, 0, FALSE, 0, FALSE },
  { { "sound-only.mp4", SEMIO_TEST_CLIP_NOT_VIDEO, 0, 0, TRUE }, NULL, AAC, "mp4mux", 25, 1, 0, FALSE, 100, FALSE },
};

/* Number of frames drawn into a clip; the cut clips are made whole first. */
static int
get_n_drawn (const Recipe *recipe)
{
  if (recipe->clip.kind == SEMIO_TEST_CLIP_CUT)
    return 150;
  /* Of a variable rate the muxer's edit list leaves the last frame out. */
  return recipe->clip.n_frames + recipe->clip.first_code + (recipe->variable ? 1 : 0);
}

static gint64
get_frame_ns (const Recipe *recipe, int frame)
{
  /* A rate that changes and gaps that are no multiple of anything. */
  static const int gaps_ms[] = { 33, 17, 50, 33, 100, 21, 40 };
  gint64 time_ns = 0;

  if (!recipe->variable)
    return gst_util_uint64_scale (frame, GST_SECOND * recipe->rate_den, recipe->rate_num);
  for (int i = 0; i < frame; i++)
    time_ns += gaps_ms[i % G_N_ELEMENTS (gaps_ms)] * GST_MSECOND;
  return time_ns;
}

/* A gradient with a block that wanders over it, and the code below. */
static GstBuffer *
draw_frame (const Recipe *recipe, int frame)
{
  const int width_px = SEMIO_TEST_CLIP_WIDTH, height_px = SEMIO_TEST_CLIP_HEIGHT;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, width_px * height_px * 3 / 2, NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  memset (map.data + width_px * height_px, 128, width_px * height_px / 2);
  for (int y = 0; y < height_px; y++)
    for (int x = 0; x < width_px; x++)
      map.data[y * width_px + x] = 60 + (x + y) / 6;
  for (int y = 0; y < 40; y++)
    memset (map.data + (60 + y) * width_px + (frame * 3) % (width_px - 40), 200, 40);
  semio_test_barcode_draw (map.data, width_px, height_px, width_px, (guint16) frame);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = recipe->start_ns + get_frame_ns (recipe, frame);
  GST_BUFFER_DURATION (buffer) = get_frame_ns (recipe, frame + 1) - get_frame_ns (recipe, frame);
  return buffer;
}

static gboolean
run_to_end (GstElement *pipeline, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return TRUE;
  if (message)
    gst_message_parse_error (message, error, NULL);
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Making a test clip took more than a minute.");
  return FALSE;
}

static char *
describe (const Recipe *recipe, const char *path)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 length_ns = recipe->start_ns + get_frame_ns (recipe, get_n_drawn (recipe) ? get_n_drawn (recipe) : 100);

  g_string_append_printf (text, "%s name=mux ! filesink location=\"%s\" ", recipe->mux, path);
  if (recipe->video)
    g_string_append_printf (text,
                            "appsrc name=src format=time max-bytes=0 "
                            "caps=video/x-raw,format=I420,width=%d,height=%d,framerate=%d/%d,interlace-mode=progressive ! "
                            "queue max-size-time=0 "
                            "max-size-bytes=0 max-size-buffers=0 ! %s ! queue max-size-time=0 max-size-bytes=0 ! mux. ",
                            SEMIO_TEST_CLIP_WIDTH, SEMIO_TEST_CLIP_HEIGHT, recipe->variable ? 0 : recipe->rate_num,
                            recipe->rate_den, recipe->video);
  if (recipe->sound)
    g_string_append_printf (text,
                            "audiotestsrc wave=%s freq=440 volume=0.3 samplesperbuffer=480 num-buffers=%d ! "
                            "audio/x-raw,rate=48000,channels=1 ! audioconvert ! %s ! queue max-size-time=0 "
                            "max-size-bytes=0 max-size-buffers=0 ! mux. ",
                            recipe->silent ? "silence" : "sine",
                            (int) (length_ns * recipe->sound_percent / 100 / (10 * GST_MSECOND)), recipe->sound);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* No encoder of MPEG-2 at hand marks its pictures as interlaced, so their headers are told: the sequence is not progressive,
 * nor is the picture, and which of its fields is the first. */
static GstPadProbeReturn
mark_interlaced_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  gboolean top_first = GPOINTER_TO_INT (user_data);
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GstMapInfo map;

  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  gst_buffer_map (buffer, &map, GST_MAP_READWRITE);
  for (gsize i = 0; i + 8 < map.size; i++)
    {
      guint8 *at = map.data + i + 4;

      if (memcmp (map.data + i, "\0\0\1\xb5", 4) != 0)
        continue;
      if (at[0] >> 4 == 1)
        at[1] &= ~0x08;
      else if (at[0] >> 4 == 8)
        {
          at[3] = (at[3] & ~0x81) | (top_first ? 0x80 : 0);
          at[4] &= ~0x80;
        }
    }
  gst_buffer_unmap (buffer, &map);
  return GST_PAD_PROBE_OK;
}

/* Packets in the order of decoding. */
typedef struct {
  gint64 frame_ns;
  int n; /* that have passed */
  int n_before_group;
} Times;

/* MPEG-2 says in each picture where in its group it is shown. -1 for a packet that is no frame. */
static int
find_place (Times *times, const guint8 *data, gsize length)
{
  for (gsize i = 0; i + 6 < length; i++)
    {
      if (memcmp (data + i, "\0\0\1", 3) != 0)
        continue;
      if (data[i + 3] == 0xb8)
        times->n_before_group = times->n;
      else if (data[i + 3] == 0)
        return times->n_before_group + (data[i + 4] << 2 | data[i + 5] >> 6);
    }
  return -1;
}

/* The encoder at hand writes the times of frames in the order of decoding. A frame later than that, so that nothing is shown
 * before it is decoded. */
static GstPadProbeReturn
write_times_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  Times *times = user_data;
  GstMapInfo map;
  int place;

  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  gst_buffer_map (buffer, &map, GST_MAP_READ);
  place = find_place (times, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  if (place < 0)
    return GST_PAD_PROBE_DROP;
  GST_BUFFER_DTS (buffer) = times->n++ * times->frame_ns;
  GST_BUFFER_PTS (buffer) = (place + 1) * times->frame_ns;
  GST_BUFFER_DURATION (buffer) = times->frame_ns;
  return GST_PAD_PROBE_OK;
}

static void
watch_times (GstBin *bin, const Recipe *recipe)
{
  g_autoptr (GstElement) element = gst_bin_get_by_name (bin, "write-times");
  g_autoptr (GstPad) pad = element ? gst_element_get_static_pad (element, "src") : NULL;
  Times *times = g_new0 (Times, 1);

  times->frame_ns = get_frame_ns (recipe, 1);
  if (pad)
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, write_times_cb, times, g_free);
  else
    g_free (times);
}

/* Where the description names an element for it. */
static void
watch_marks (GstBin *bin)
{
  for (int top_first = 0; top_first <= 1; top_first++)
    {
      g_autoptr (GstElement) element = gst_bin_get_by_name (bin, top_first ? "mark-top-first" : "mark-bottom-first");
      g_autoptr (GstPad) pad = element ? gst_element_get_static_pad (element, "src") : NULL;

      if (pad)
        gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, mark_interlaced_cb, GINT_TO_POINTER (top_first), NULL);
    }
}

static gboolean
encode (const Recipe *recipe, const char *path, GError **error)
{
  g_autofree char *description = describe (recipe, path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, error);

  if (!pipeline)
    return FALSE;
  watch_marks (GST_BIN (pipeline));
  watch_times (GST_BIN (pipeline), recipe);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  if (recipe->video)
    {
      g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "src");

      for (int i = 0; i < get_n_drawn (recipe); i++)
        gst_app_src_push_buffer (GST_APP_SRC (source), draw_frame (recipe, i));
      gst_app_src_end_of_stream (GST_APP_SRC (source));
    }
  return run_to_end (pipeline, error);
}

static guint32
read_number (const guint8 *data)
{
  return (guint32) data[0] << 24 | data[1] << 16 | data[2] << 8 | data[3];
}

static void
add_to_number (guint8 *data, gint64 difference)
{
  guint32 value = (guint32) (read_number (data) + difference);

  for (int i = 0; i < 4; i++)
    data[i] = (guint8) (value >> (24 - 8 * i));
}

static guint8 *
find_box (guint8 *data, gsize length, const char *name)
{
  for (gsize i = 0; i + 24 < length; i++)
    if (memcmp (data + i, name, 4) == 0)
      return data + i;
  return NULL;
}

/* Moves the beginning of the picture's edit list onward, as a program that cuts without encoding again does. */
static gboolean
cut_by_edit_list (const Recipe *recipe, const char *path, GError **error)
{
  g_autofree char *contents = NULL;
  gsize length;
  guint8 *movie, *box, *media_header, *movie_header;
  gint64 cut_ns = get_frame_ns (recipe, recipe->clip.first_code);

  if (!g_file_get_contents (path, &contents, &length, error))
    return FALSE;
  /* The picture is the first track; before the movie box stand compressed bytes that may look like anything. */
  movie = find_box ((guint8 *) contents, length, "moov");
  if (movie)
    length -= movie - (guint8 *) contents;
  movie_header = movie ? find_box (movie, length, "mvhd") : NULL;
  box = movie ? find_box (movie, length, "elst") : NULL;
  media_header = movie ? find_box (movie, length, "mdhd") : NULL;
  if (!movie_header || !box || !media_header || box > media_header)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The muxer wrote no edit list for the picture.");
      return FALSE;
    }
  length += movie - (guint8 *) contents;
  add_to_number (box + 16, (gint64) gst_util_uint64_scale (cut_ns, read_number (media_header + 16), GST_SECOND));
  add_to_number (box + 12, -(gint64) gst_util_uint64_scale (cut_ns, read_number (movie_header + 16), GST_SECOND));
  return g_file_set_contents (path, contents, length, error);
}

static gboolean
truncate_to (const char *from, const char *to, int percent, GError **error)
{
  g_autofree char *contents = NULL;
  gsize length;

  return g_file_get_contents (from, &contents, &length, error)
         && g_file_set_contents (to, contents, length * percent / 100, error);
}

static gboolean
make_broken (const char *folder, const char *name, const char *path, GError **error)
{
  g_autofree char *whole = g_build_filename (folder, "cfr.mp4", NULL);

  if (g_str_equal (name, "truncated.mp4"))
    return truncate_to (whole, path, 60, error);
  if (g_str_equal (name, "zero.mp4"))
    return g_file_set_contents (path, "", 0, error);
  if (g_str_equal (name, "text.mp4"))
    return g_file_set_contents (path, "These are the notes of a night shift.\nNothing happened.\n", -1, error);
  return g_file_set_contents (path, "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/video.ts\n", -1, error);
}

static gboolean
make_one (const Recipe *recipe, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, recipe->clip.file_name, NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!recipe->mux)
    return make_broken (folder, recipe->clip.file_name, path, error);
  if (!encode (recipe, part, error))
    return FALSE;
  if (recipe->clip.first_code > 0 && !cut_by_edit_list (recipe, part, error))
    return FALSE;
  if (recipe->clip.kind == SEMIO_TEST_CLIP_CUT && !truncate_to (part, part, 60, error))
    return FALSE;
  if (g_rename (part, path) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "Renaming %s failed.", part);
      return FALSE;
    }
  return TRUE;
}

const SemioTestClip *
semio_test_clips_get (void)
{
  static SemioTestClip clips[G_N_ELEMENTS (recipes) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    clips[i] = recipes[i].clip;
  return clips;
}

const SemioTestClip *
semio_test_clips_find (const char *file_name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    if (g_str_equal (recipes[i].clip.file_name, file_name))
      return &recipes[i].clip;
  return NULL;
}

static gboolean
make_all (const char *folder, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      if (!make_one (&recipes[i], folder, error))
        {
          g_prefix_error (error, "%s: ", recipes[i].clip.file_name);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
semio_test_clips_make (const char *folder, GError **error)
{
  g_autofree char *lock = g_build_filename (folder, ".lock", NULL);
  gboolean made;
  int fd;

  /* Tests run side by side and share the clips: the first makes them, the others wait. */
  fd = g_mkdir_with_parents (folder, 0755) == 0 ? g_open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0644) : -1;
  if (fd < 0 || flock (fd, LOCK_EX) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "The folder %s cannot be used.", folder);
      return FALSE;
    }
  made = make_all (folder, error);
  close (fd);
  return made;
}

gboolean
semio_test_clips_make_one (const char *folder, const SemioTestClip *clip, const char *video, const char *mux, int rate_num,
                           int rate_den, GError **error)
{
  const Recipe recipe = { *clip, video, NULL, mux, rate_num, rate_den, 0, FALSE, 0, FALSE };

  return g_mkdir_with_parents (folder, 0755) == 0 && make_one (&recipe, folder, error);
}

char *
semio_test_clips_get_folder (void)
{
  return g_build_filename (g_test_get_dir (G_TEST_BUILT), "media", "clips", NULL);
}

char *
semio_test_clips_ensure (GError **error)
{
  g_autofree char *folder = semio_test_clips_get_folder ();

  return semio_test_clips_make (folder, error) ? g_steal_pointer (&folder) : NULL;
}
