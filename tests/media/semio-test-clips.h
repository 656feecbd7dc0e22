/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What reading a clip should come to. */
typedef enum {
  SEMIO_TEST_CLIP_SOUND, /* every frame can be shown exactly */
  SEMIO_TEST_CLIP_CUT,
  SEMIO_TEST_CLIP_EMPTY,
  SEMIO_TEST_CLIP_NOT_VIDEO,
  SEMIO_TEST_CLIP_UNSUPPORTED,
} SemioTestClipKind;

/**
 * SemioTestClip:
 *
 * One made video. Every frame carries the number it was drawn with as a bar code; the first frame that is shown
 * carries @first_code.
 */
typedef struct {
  const char *file_name;
  SemioTestClipKind kind;
  int n_frames;
  int first_code;
  gboolean has_sound; /* a sound track */
} SemioTestClip;

#define SEMIO_TEST_CLIP_WIDTH 320
#define SEMIO_TEST_CLIP_HEIGHT 240

/* All clips, ended by an entry without a name. */
const SemioTestClip *semio_test_clips_get (void);
const SemioTestClip *semio_test_clips_find (const char *file_name);
/* Makes every clip that is not in the folder yet; GStreamer must have been initialised. */
gboolean semio_test_clips_make (const char *folder, GError **error);
/* One clip of 320×240 drawn pixels, coded and packed as GStreamer would have it described; without sound. MPEG-2 that passes an
 * element named "mark-top-first" or "mark-bottom-first" is marked as interlaced; MPEG-2 that passes one
 * named "write-times" gets times in the order of showing. */
gboolean semio_test_clips_make_one (const char *folder, const SemioTestClip *clip, const char *video, const char *mux,
                                    int rate_num, int rate_den, GError **error);
/* The folder of the tests' clips in the build, which may not be there yet. */
char *semio_test_clips_get_folder (void);
/* The same, in the build folder of the tests, where all of them share the clips. */
char *semio_test_clips_ensure (GError **error);

G_END_DECLS
