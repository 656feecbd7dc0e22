/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-player.h"
#include "semio-test-clips.h"

G_BEGIN_DECLS

/**
 * SemioTestPlayer:
 *
 * A player on a made clip that reads the bar code of every frame that comes and holds it against the number under
 * which it comes.
 */
typedef struct {
  SemioPlayer *player;
  const SemioTestClip *clip;
  SemioFrame *last;
  int n_pictures;
  int n_wrong; /* bar codes that are not the frame's number */
  int n_backward; /* pictures not after the one before */
  int n_notices, n_failures, n_seeks_done;
  char *notice;
  gint64 previous;
} SemioTestPlayer;

/* Opened and paused at a frame. */
SemioTestPlayer *semio_test_player_new (const char *folder, const char *clip_name, gint64 first_frame);
/* The same for a clip that is in no list. */
SemioTestPlayer *semio_test_player_new_for (const char *folder, const SemioTestClip *clip, gint64 first_frame);
void semio_test_player_free (SemioTestPlayer *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioTestPlayer, semio_test_player_free)

/* Turn the main context until it is so, or fail the test after a while. */
void semio_test_player_wait_state (SemioTestPlayer *test, SemioPlayerState state);
void semio_test_player_wait_frame (SemioTestPlayer *test, gint64 frame);
/* While it plays: the frame or one beyond it, seen from where it is, since pictures that come too late are left out. */
void semio_test_player_wait_passed (SemioTestPlayer *test, gint64 frame);
void semio_test_player_wait_pictures (SemioTestPlayer *test, int n_more);
void semio_test_player_wait_seek (SemioTestPlayer *test);
/* For a time, whatever happens. */
void semio_test_player_run_ms (SemioTestPlayer *test, guint time_ms);
/* The frame that is shown is the one that the player names. */
void semio_test_player_check (SemioTestPlayer *test, gint64 frame);

G_END_DECLS
