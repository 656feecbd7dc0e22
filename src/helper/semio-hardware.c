/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-hardware.h"

#include <glib/gi18n-lib.h>
#include <gst/video/video.h>

/* Smaller pictures tell as much and are compared sooner. */
#define COMPARED_PX 640
/* Where a picture differs less than this from the one beside it, in thousandths, it cannot be told from that. */
#define MIN_TELLING 50
/* So much nearer to itself than to the one beside it a picture has to be. */
#define NEARER 4
/* So many pictures have to be told from their neighbours. */
#define MIN_TOLD 6
/* At each place. */
#define RUN_FRAMES 4
/* Behind a key frame, where it takes other frames to decode one. */
#define BEHIND_KEY_FRAMES 5

/* Decoders by coding, the first that is there is tried. Which of them exists depends on card, driver and packages. */
static const struct {
  const char *codec;
  const char *factory;
} decoders[] = {
  { "h264", "vah264dec" },     { "h264", "v4l2slh264dec" }, { "h264", "nvh264dec" },   { "h265", "vah265dec" },
  { "h265", "v4l2slh265dec" }, { "h265", "nvh265dec" },     { "vp8", "vavp8dec" },     { "vp8", "v4l2slvp8dec" },
  { "vp8", "nvvp8dec" },       { "vp9", "vavp9dec" },       { "vp9", "v4l2slvp9dec" }, { "vp9", "nvvp9dec" },
};

GstElement *
semio_hardware_new_decoder (const char *factory, const SemioCodec *codec)
{
  for (gsize i = 0; i < G_N_ELEMENTS (decoders); i++)
    if (g_str_equal (decoders[i].codec, codec->name) && g_str_equal (decoders[i].factory, factory))
      return semio_element_new (factory, NULL);
  return NULL;
}

static gint64
sum_rows (const GstVideoFrame *a, const GstVideoFrame *b)
{
  int n_bytes = GST_VIDEO_FRAME_WIDTH (a) * GST_VIDEO_FRAME_COMP_PSTRIDE (a, 0);
  gint64 sum = 0;

  for (int y = 0; y < GST_VIDEO_FRAME_HEIGHT (a); y++)
    {
      const guint8 *row_a = (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (a, 0) + y * GST_VIDEO_FRAME_PLANE_STRIDE (a, 0);
      const guint8 *row_b = (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (b, 0) + y * GST_VIDEO_FRAME_PLANE_STRIDE (b, 0);

      for (int x = 0; x < n_bytes; x++)
        sum += ABS (row_a[x] - row_b[x]);
    }
  return sum;
}

int
semio_hardware_compare (GstSample *a, GstSample *b)
{
  GstVideoInfo info_a, info_b;
  GstVideoFrame frame_a, frame_b;
  int difference = -1;

  if (!gst_video_info_from_caps (&info_a, gst_sample_get_caps (a)) || !gst_video_info_from_caps (&info_b, gst_sample_get_caps (b))
      || info_a.width != info_b.width || info_a.height != info_b.height
      || GST_VIDEO_INFO_FORMAT (&info_a) != GST_VIDEO_FORMAT_BGRA || GST_VIDEO_INFO_FORMAT (&info_b) != GST_VIDEO_FORMAT_BGRA
      || !gst_video_frame_map (&frame_a, &info_a, gst_sample_get_buffer (a), GST_MAP_READ))
    return -1;
  if (gst_video_frame_map (&frame_b, &info_b, gst_sample_get_buffer (b), GST_MAP_READ))
    {
      difference = (int) (sum_rows (&frame_a, &frame_b) * 1000 / ((gint64) info_a.width * info_a.height * 4));
      gst_video_frame_unmap (&frame_b);
    }
  gst_video_frame_unmap (&frame_a);
  return difference;
}

typedef struct {
  GstSample *known[RUN_FRAMES];
  GstSample *tried[RUN_FRAMES];
} Run;

static void
run_clear (Run *run)
{
  for (int i = 0; i < RUN_FRAMES; i++)
    {
      g_clear_pointer (&run->known[i], gst_sample_unref);
      g_clear_pointer (&run->tried[i], gst_sample_unref);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Some frames in a row by both decoders. FALSE when the hardware shows another picture, or leaves some out; *told counts what
 * is proven. */
static gboolean
compare_at (SemioFrameSource *software, SemioFrameSource *hardware, gint64 frame, int *told, GError **error)
{
  guint n_software = semio_frame_source_get_n_seeks (software), n_hardware = semio_frame_source_get_n_seeks (hardware);
  g_auto (Run) run = { { NULL }, { NULL } };

  for (int i = 0; i < RUN_FRAMES; i++)
    {
      run.known[i] = semio_frame_source_get (software, frame + i, COMPARED_PX, COMPARED_PX, error);
      run.tried[i] = run.known[i] ? semio_frame_source_get (hardware, frame + i, COMPARED_PX, COMPARED_PX, error) : NULL;
      if (!run.tried[i])
        return FALSE;
    }
  for (int i = 0; i < RUN_FRAMES; i++)
    {
      GstSample *neighbour = run.known[i > 0 ? i - 1 : i + 1];
      int own = semio_hardware_compare (run.known[i], run.tried[i]);
      int beside = semio_hardware_compare (run.known[i], neighbour);

      if (own < 0 || own > SEMIO_HARDWARE_SAME
          || (beside >= MIN_TELLING && own >= semio_hardware_compare (run.tried[i], neighbour)))
        return FALSE;
      if (beside >= MIN_TELLING && own * NEARER <= beside)
        (*told)++;
    }
  return semio_frame_source_get_n_seeks (hardware) - n_hardware <= semio_frame_source_get_n_seeks (software) - n_software;
}

static gboolean
check (SemioFrameSource *software, SemioFrameSource *hardware, SemioFrameIndex *index, char **reason)
{
  gint64 last = semio_frame_index_get_n_frames (index) - RUN_FRAMES;
  g_autoptr (GError) error = NULL;
  int told = 0;

  for (int part = 0; part < 4; part++)
    {
      gint64 frame = part == 0 ? 0 : semio_frame_index_get_key_before (index, last * part / 4) + BEHIND_KEY_FRAMES;

      if (!compare_at (software, hardware, CLAMP (frame, 0, MAX (last, 0)), &told, &error))
        {
          g_info ("Hardware decoding: frame %" G_GINT64_FORMAT ": %s", frame, error ? error->message : "another picture");
          *reason = g_strdup (_ ("The graphics card shows other pictures than the program itself, so it is not used."));
          return FALSE;
        }
    }
  if (told < MIN_TOLD)
    g_info ("Hardware decoding: the pictures are too much alike to be told apart (%d)", told);
  return told >= MIN_TOLD;
}

const char *
semio_hardware_choose (int fd, SemioFrameIndex *index, SemioAliveFunc alive, gpointer alive_data, char **reason)
{
  g_autoptr (SemioFrameSource) software = NULL;
  g_autofree char *why = NULL;
  const char *chosen = NULL;
  const SemioCodec *codec;

  /* Where frames are counted as they come out of the decoder, there is nothing to hold the number against. */
  if (semio_frame_index_get_n_frames (index) < RUN_FRAMES
      || (semio_frame_index_get_flags (index) & SEMIO_FRAME_INDEX_NO_TIME_STAMPS))
    return NULL;
  software = semio_frame_source_new (fd, index, alive, alive_data, NULL);
  codec = software ? semio_frame_source_get_codec (software) : NULL;
  for (gsize i = 0; codec && i < G_N_ELEMENTS (decoders) && !chosen; i++)
    {
      g_autoptr (GstElement) element = semio_hardware_new_decoder (decoders[i].factory, codec);
      g_autoptr (SemioFrameSource) hardware = NULL;

      if (!element)
        continue;
      gst_object_ref_sink (element);
      hardware = semio_frame_source_new_with_decoder (fd, index, decoders[i].factory, alive, alive_data, NULL);
      if (!hardware)
        {
          g_free (why);
          why = g_strdup (_ ("The graphics card cannot decode this recording, so it is not used."));
        }
      else if (check (software, hardware, index, &why))
        chosen = decoders[i].factory;
    }
  if (reason && !chosen)
    *reason = g_steal_pointer (&why);
  return chosen;
}
