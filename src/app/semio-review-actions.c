/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-review-page-private.h"

static SemioRatingController *
controller_of (gpointer page)
{
  return semio_review_page_get_controller (SEMIO_REVIEW_PAGE (page));
}

static SemioReviewPlayback *
playback_of (gpointer page)
{
  return semio_review_page_get_playback (SEMIO_REVIEW_PAGE (page));
}

static SemioRatingBox *
box_of (gpointer page)
{
  return semio_review_page_get_rating_box (SEMIO_REVIEW_PAGE (page));
}

static void
play_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_toggle (playback_of (page));
}

static void
step_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_step (playback_of (page), g_variant_get_int32 (target));
}

static void
hold_step_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_hold_step (playback_of (page), g_variant_get_int32 (target));
}

static void
jump_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_jump (playback_of (page), g_variant_get_int32 (target) * SEMIO_NS_PER_SECOND);
}

static void
shuttle_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_shuttle (playback_of (page), g_variant_get_int32 (target));
}

static void
speed_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_set_speed (playback_of (page), g_variant_get_double (target));
}

static void
change_speed_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_change_speed (playback_of (page), g_variant_get_int32 (target));
}

static void
mute_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_toggle_muted (playback_of (page));
}

static void
mark_in_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_mark (playback_of (page), FALSE);
}

static void
mark_out_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_mark (playback_of (page), TRUE);
}

static void
loop_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_toggle_loop (playback_of (page), semio_review_page_get_segment_span (page));
}

static void
retry_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_playback_retry (playback_of (page));
}

static void
quick_copy_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_toggle_copy (page);
}

static void
cited_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_play_cited (page, g_variant_get_int32 (target));
}

static void
feature_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_move_feature (page, g_variant_get_int32 (target));
}

static void
run_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_move_run (page, g_variant_get_int32 (target));
}

static void
rate_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  if (!semio_review_page_is_loading (page))
    semio_rating_controller_rate (controller_of (page), g_variant_get_int32 (target), FALSE);
}

static void
rate_stay_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  if (!semio_review_page_is_loading (page))
    semio_rating_controller_rate (controller_of (page), g_variant_get_int32 (target), TRUE);
}

static void
clear_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  if (!semio_review_page_is_loading (page))
    semio_rating_controller_clear (controller_of (page));
}

static void
supports_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_rating_controller_cycle_supports (controller_of (page));
}

static void
cannot_judge_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  if (!semio_review_page_is_loading (page))
    semio_rating_box_open_reason (box_of (page));
}

static void
marks_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_rating_box_open_marks (box_of (page));
}

static void
comment_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_rating_box_open_comment (box_of (page));
}

static void
history_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_rating_box_open_history (box_of (page));
}

static void
undo_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_rating_controller_undo (controller_of (page));
}

static void
redo_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_rating_controller_redo (controller_of (page));
}

static void
framing_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  const char *name = g_variant_get_string (target, NULL);

  if (g_strcmp0 (name, "face") == 0)
    semio_review_page_set_framing (page, SEMIO_FRAMING_FACE);
  else if (g_strcmp0 (name, "body") == 0)
    semio_review_page_set_framing (page, SEMIO_FRAMING_BODY);
  else
    semio_review_page_set_framing (page, SEMIO_FRAMING_WHOLE);
}

static void
next_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_go_next (page);
}

static void
case_done_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_toggle_done (page);
}

static void
reveal_reference_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_toggle_reference (page);
}

static void
report_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_case_line_open_report (((SemioReviewPage *) page)->case_line);
}

static void
reveal_runs_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_toggle_runs (page);
}

static void
full_screen_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_toggle_full_screen (page);
}

static void
bookmark_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_open_bookmark (page);
}

static void
go_bookmark_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_go_bookmark (page, g_variant_get_int32 (target));
}

static void
seen_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  semio_review_page_toggle_seen (page);
}

static void
keys_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "win.show-help-overlay", NULL);
}

static const GActionEntry entries[] = {
  { .name = "play", .activate = play_cb },
  { .name = "step", .activate = step_cb, .parameter_type = "i" },
  { .name = "hold-step", .activate = hold_step_cb, .parameter_type = "i" },
  { .name = "jump", .activate = jump_cb, .parameter_type = "i" },
  { .name = "shuttle", .activate = shuttle_cb, .parameter_type = "i" },
  { .name = "speed", .activate = speed_cb, .parameter_type = "d" },
  { .name = "change-speed", .activate = change_speed_cb, .parameter_type = "i" },
  { .name = "mute", .activate = mute_cb, .state = "false" },
  { .name = "mark-in", .activate = mark_in_cb },
  { .name = "mark-out", .activate = mark_out_cb },
  { .name = "loop", .activate = loop_cb },
  { .name = "retry", .activate = retry_cb },
  { .name = "quick-copy", .activate = quick_copy_cb },
  { .name = "cited", .activate = cited_cb, .parameter_type = "i" },
  { .name = "feature", .activate = feature_cb, .parameter_type = "i" },
  { .name = "run", .activate = run_cb, .parameter_type = "i" },
  { .name = "rate", .activate = rate_cb, .parameter_type = "i" },
  { .name = "rate-stay", .activate = rate_stay_cb, .parameter_type = "i" },
  { .name = "clear", .activate = clear_cb },
  { .name = "supports", .activate = supports_cb },
  { .name = "cannot-judge", .activate = cannot_judge_cb },
  { .name = "marks", .activate = marks_cb },
  { .name = "comment", .activate = comment_cb },
  { .name = "history", .activate = history_cb },
  { .name = "undo", .activate = undo_cb },
  { .name = "redo", .activate = redo_cb },
  { .name = "framing", .activate = framing_cb, .parameter_type = "s", .state = "'whole'" },
  { .name = "next", .activate = next_cb },
  { .name = "case-done", .activate = case_done_cb },
  { .name = "reveal-reference", .activate = reveal_reference_cb },
  { .name = "report", .activate = report_cb },
  { .name = "reveal-runs", .activate = reveal_runs_cb },
  { .name = "full-screen", .activate = full_screen_cb },
  { .name = "bookmark", .activate = bookmark_cb },
  { .name = "go-bookmark", .activate = go_bookmark_cb, .parameter_type = "i" },
  { .name = "seen", .activate = seen_cb },
  { .name = "keys", .activate = keys_cb },
};

/**
 * semio_review_actions_new:
 * @page: the page that owns the group; it outlives it
 *
 * Returns: (transfer full): the actions of the page
 */
GSimpleActionGroup *
semio_review_actions_new (SemioReviewPage *page)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), page);
  return group;
}
