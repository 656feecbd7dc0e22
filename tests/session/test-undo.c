/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-prediction.h"
#include "semio-undo.h"

static SemioRating *
make (int score)
{
  SemioRating *rating = semio_rating_new ();

  rating->score = score;
  return rating;
}

static void
test_back_and_again (void)
{
  g_autoptr (SemioUndo) undo = semio_undo_new ();
  g_autoptr (SemioRating) four = make (4);
  g_autoptr (SemioRating) five = make (5);
  SemioItemKey key = { 1, 2, 3, SEMIO_SEGMENT_WHOLE };

  g_assert_null (semio_undo_peek_undo (undo));
  g_assert_null (semio_undo_peek_redo (undo));
  semio_undo_push (undo, &key, NULL, four);
  semio_undo_push (undo, &key, four, five);
  g_assert_true (semio_undo_peek_undo (undo)->before == four);
  semio_undo_did_undo (undo);
  g_assert_true (semio_undo_peek_redo (undo)->after == five);
  g_assert_null (semio_undo_peek_undo (undo)->before);
  semio_undo_did_undo (undo);
  g_assert_null (semio_undo_peek_undo (undo));
  g_assert_true (semio_undo_peek_redo (undo)->after == four);
  semio_undo_did_redo (undo);
  g_assert_true (semio_undo_peek_redo (undo)->after == five);
}

static void
test_new_judgement_ends_redo (void)
{
  g_autoptr (SemioUndo) undo = semio_undo_new ();
  g_autoptr (SemioRating) four = make (4);
  g_autoptr (SemioRating) five = make (5);
  SemioItemKey key = { 1, 2, 3, SEMIO_SEGMENT_WHOLE };

  semio_undo_push (undo, &key, NULL, four);
  semio_undo_did_undo (undo);
  semio_undo_push (undo, &key, NULL, five);
  g_assert_null (semio_undo_peek_redo (undo));
  semio_undo_did_undo (undo);
  g_assert_true (semio_undo_peek_redo (undo)->after == five);
  g_assert_null (semio_undo_peek_undo (undo));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/undo/back-and-again", test_back_and_again);
  g_test_add_func ("/undo/new-judgement-ends-redo", test_new_judgement_ends_redo);
  return g_test_run ();
}
