/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exactness over container × coding × rate: of each, forty frames at random, in rising and in falling order, and steps
 * forward and back in the player, told by the number that is drawn into every frame.
 *
 * By itself it takes each pair of container and coding at one rate and every special shape; with SEMIO_TORTURE in the
 * environment the whole matrix. */
#include <gst/gst.h>
#include <string.h>

#include "semio-test-barcode.h"
#include "semio-test-player.h"
#include "semio-test-worker.h"

#define N_FRAMES 120
#define N_TRIES 40
#define N_STEPS 12
#define BEYOND_PX 640
/* Of the rates below, those of 30 and less. */
#define N_SLOW_RATES 4

typedef struct {
  const char *name;
  const char *video;
  gboolean is_slow; /* the encoder knows no rate above 30 */
} Coding;

typedef enum { H264, H265, VP8, VP9, MPEG2, MPEG2B, MPEG4, MJPEG, N_CODINGS } CodingKind;

static const Coding codings[N_CODINGS] = {
  [H264] = { "h264", "x264enc speed-preset=veryfast bframes=3 b-adapt=false key-int-max=40 bitrate=600 ! h264parse" },
  [H265] = { "h265", "x265enc speed-preset=ultrafast key-int-max=40 bitrate=600 ! h265parse" },
  [VP8] = { "vp8", "vp8enc deadline=1 cpu-used=8 keyframe-max-dist=40 target-bitrate=600000" },
  [VP9] = { "vp9", "vp9enc deadline=1 cpu-used=8 keyframe-max-dist=40 target-bitrate=600000" },
  [MPEG2] = { "mpeg2", "mpeg2enc format=3 bitrate=1500 b-per-refframe=0 max-gop-size=15 ! mpegvideoparse", TRUE },
  [MPEG4] = { "mpeg4", "avenc_mpeg4 bitrate=1500000 gop-size=40 max-bframes=0 ! mpeg4videoparse" },
  /* Of B-frames the encoder writes the times in the order of coding. */
  [MPEG2B] = { "mpeg2-b",
               "mpeg2enc format=3 bitrate=1500 b-per-refframe=2 max-gop-size=15 ! mpegvideoparse ! identity "
               "name=write-times",
               TRUE },
  [MJPEG] = { "mjpeg", "jpegenc quality=80" },
};

static const struct {
  const char *name;
  const char *mux;
  CodingKind codings[N_CODINGS + 1]; /* ended by N_CODINGS */
} containers[] = {
  { "mp4", "mp4mux", { H264, H265, N_CODINGS } },
  { "mov", "qtmux", { H264, H265, MJPEG, N_CODINGS } },
  { "fragmented.mp4", "mp4mux fragment-duration=1000", { H264, H265, N_CODINGS } },
  { "mkv", "matroskamux", { H264, H265, VP8, VP9, MPEG2, MPEG2B, MJPEG, N_CODINGS } },
  { "webm", "webmmux", { VP8, VP9, N_CODINGS } },
  { "ts", "mpegtsmux", { H264, H265, MPEG2, MPEG2B, N_CODINGS } },
  { "m2ts", "mpegtsmux m2ts-mode=true", { H264, H265, MPEG2, MPEG2B, N_CODINGS } },
  { "avi", "avimux", { H264, MPEG2, MJPEG, MPEG4, N_CODINGS } },
};

static const struct {
  int num, den;
} rates[] = { { 24, 1 }, { 25, 1 }, { 30000, 1001 }, { 30, 1 }, { 50, 1 }, { 60, 1 } };

/* Shapes other than 320×240 upright squares, and what the picture must come as. */
static const struct {
  const char *name;
  const char *before; /* the encoder */
  CodingKind coding;
  const char *mux;
  int quarter_turns; /* that the file asks for, to the right */
  int width_px, height_px;
} shapes[] = {
  { "odd-size.mp4", "videoscale ! video/x-raw,width=334,height=250,pixel-aspect-ratio=1/1", H264, "mp4mux", 0, 334, 250 },
  { "odd-size.mkv", "videoscale ! video/x-raw,width=333,height=251,pixel-aspect-ratio=1/1", VP8, "matroskamux", 0, 333, 251 },
  { "wide-pixels.mp4", "videoscale ! video/x-raw,width=240,height=240,pixel-aspect-ratio=4/3", H264, "mp4mux", 0, 320, 240 },
  { "wide-pixels.ts", "videoscale ! video/x-raw,width=240,height=240,pixel-aspect-ratio=4/3", H264, "mpegtsmux", 0, 320, 240 },
  { "turned.mp4", "videoflip video-direction=90l", H264, "mp4mux", 1, 320, 240 },
  { "turned.mov", "videoflip video-direction=180", H264, "qtmux", 2, 320, 240 },
};

typedef struct {
  char *file_name;
  char *video;
  const char *mux;
  int rate_num, rate_den;
  int width_px, height_px;
  int quarter_turns;
  SemioTestClip clip;
} Case;

static char *folder;

static void
case_free (gpointer data)
{
  Case *self = data;

  g_free (self->file_name);
  g_free (self->video);
  g_free (self);
}

static Case *
case_new (char *file_name, char *video, const char *mux, int rate_num, int rate_den, int width_px, int height_px)
{
  Case *self = g_new0 (Case, 1);

  self->file_name = file_name;
  self->video = video;
  self->mux = mux;
  self->rate_num = rate_num;
  self->rate_den = rate_den;
  self->width_px = width_px;
  self->height_px = height_px;
  self->clip = (SemioTestClip){ self->file_name, SEMIO_TEST_CLIP_SOUND, N_FRAMES, 0, FALSE };
  return self;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

static void
check_frame (SemioMediaWorker *worker, GFile *file, SemioProbe *probe, const Case *test, int n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFrame) frame = semio_test_frame (worker, file, probe->index, n, BEYOND_PX, &error);

  g_assert_no_error (error);
  g_assert_cmpint (frame->frame, ==, n);
  g_assert_true (frame->verified);
  g_assert_cmpint (
      semio_test_barcode_read (g_bytes_get_data (frame->bgra, NULL), frame->width_px, frame->height_px, frame->stride), ==, n);
  g_assert_cmpint (frame->width_px, ==, test->width_px);
  g_assert_cmpint (frame->height_px, ==, test->height_px);
}

/* Single frames at random, first onward, then backward. */
static void
check_frames (const Case *test, GFile *file, SemioProbe *probe)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  int frames[N_TRIES];

  for (int i = 0; i < N_TRIES; i++)
    frames[i] = g_test_rand_int_range (0, N_FRAMES);
  qsort (frames, N_TRIES, sizeof frames[0], compare);
  for (int i = 0; i < N_TRIES; i++)
    check_frame (worker, file, probe, test, frames[i]);
  for (int i = N_TRIES - 1; i >= 0; i--)
    check_frame (worker, file, probe, test, frames[i]);
}

static void
check_steps (const Case *test)
{
  g_autoptr (SemioTestPlayer) player = semio_test_player_new_for (folder, &test->clip, N_FRAMES / 2);
  gint64 frame = N_FRAMES / 2;

  for (int direction = 1; direction >= -1; direction -= 2)
    for (int i = 0; i < N_STEPS; i++)
      {
        frame += direction;
        semio_player_step (player->player, direction);
        semio_test_player_wait_frame (player, frame);
        semio_test_player_check (player, frame);
      }
}

static void
write_number (char *at, guint32 value)
{
  for (int i = 0; i < 4; i++)
    at[i] = (char) (value >> (24 - 8 * i));
}

/* As a telephone that is held upright writes it: the track's header asks for the turn, the pictures lie on their side. */
static void
ask_for_turn (const char *path, int quarter_turns)
{
  static const guint32 turns[][4] = { { 0x10000, 0, 0, 0x10000 },
                                      { 0, 0x10000, 0xffff0000, 0 },
                                      { 0xffff0000, 0, 0, 0xffff0000 } };
  static const int places[] = { 0, 4, 12, 16 };
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  char *header;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  header = memmem (contents, length, "tkhd", 4);
  g_assert_nonnull (header);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    write_number (header + (header[4] == 0 ? 44 : 56) + places[i], turns[quarter_turns][i]);
  g_file_set_contents (path, contents, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *path = g_build_filename (folder, test->file_name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = NULL;
  double rate = (double) test->rate_num / test->rate_den;

  semio_test_clips_make_one (folder, &test->clip, test->video, test->mux, test->rate_num, test->rate_den, &error);
  g_assert_no_error (error);
  if (test->quarter_turns > 0)
    ask_for_turn (path, test->quarter_turns);
  probe = semio_test_probe (worker, file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (semio_frame_index_get_n_frames (probe->index), ==, N_FRAMES);
  g_assert_cmpint (probe->width_px, ==, test->width_px);
  g_assert_cmpint (probe->height_px, ==, test->height_px);
  /* Containers that count in milliseconds round the gaps. */
  g_assert_cmpfloat (ABS (semio_frame_index_get_rate (probe->index) - rate), <, rate * 0.05);
  check_frames (test, file, probe);
  check_steps (test);
}

static void
add (Case *test)
{
  g_autofree char *name = g_strconcat ("/media/matrix/", test->file_name, NULL);

  g_test_add_data_func_full (name, test, test_case, case_free);
}

static void
add_matrix (gboolean whole)
{
  guint n_pairs = 0;

  for (gsize c = 0; c < G_N_ELEMENTS (containers); c++)
    for (const CodingKind *kind = containers[c].codings; *kind != N_CODINGS; kind++, n_pairs++)
      for (gsize r = 0; r < G_N_ELEMENTS (rates); r++)
        {
          const Coding *coding = &codings[*kind];
          guint n_rates = coding->is_slow ? N_SLOW_RATES : G_N_ELEMENTS (rates);

          if (r < n_rates && (whole || r == n_pairs % n_rates))
            add (case_new (g_strdup_printf ("%s-%d-%d.%s", coding->name, rates[r].num, rates[r].den, containers[c].name),
                           g_strdup (coding->video), containers[c].mux, rates[r].num, rates[r].den, SEMIO_TEST_CLIP_WIDTH,
                           SEMIO_TEST_CLIP_HEIGHT));
        }
}

static void
add_shapes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      Case *test =
          case_new (g_strdup (shapes[i].name), g_strjoin (" ! ", shapes[i].before, codings[shapes[i].coding].video, NULL),
                    shapes[i].mux, 25, 1, shapes[i].width_px, shapes[i].height_px);

      test->quarter_turns = shapes[i].quarter_turns;
      add (test);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *clips = NULL;

  g_setenv ("SEMIO_AUDIO_SINK", "fakesink", TRUE);
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  clips = semio_test_clips_get_folder ();
  folder = g_build_filename (clips, "matrix", NULL);
  add_matrix (g_getenv ("SEMIO_TORTURE") != NULL);
  add_shapes ();
  return g_test_run ();
}
