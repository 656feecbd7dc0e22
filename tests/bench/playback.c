/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays the first case of a study on the real Review page and tells what was painted and what it cost.
 *
 *   playback STUDY SECONDS [VIEW_WIDTH VIEW_HEIGHT]
 *
 * A painted frame is a bar code read from the texture that was snapshotted, once an after-paint has followed. Without a
 * size of the view the page is as it comes at 1280×800; with one, the panes are moved until the view has it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "semio-review-page.h"
#include "semio-test-barcode.h"
#include "semio-video-view.h"
#include "semio-window.h"

#define SETTLE_MS 1500
#define MAX_PROCESSES 8

typedef struct {
  int pid;
  guint64 ticks;
} Cost;

typedef struct {
  SemioApplication *application;
  SemioWindow *window;
  SemioVideoView *view;
  GFile *study;
  int seconds, view_width_px, view_height_px;
  int n_fits;
  GHashTable *codes; /* bar codes that were painted */
  gint64 last_frame;
  guint n_paints, n_unreadable, n_wrong;
  gint64 begin_us;
  Cost costs[MAX_PROCESSES];
  guint n_costs;
} Bench;

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

static guint64
get_ticks (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  unsigned long user = 0, kernel = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  /* The name in brackets may hold anything; the times follow it as fields 14 and 15. */
  if (sscanf (strrchr (text, ')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) != 2)
    return 0;
  return user + kernel;
}

/* This process and the helpers that it started, whichever thread started them. */
static void
note_costs (Bench *bench)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task = NULL;

  bench->n_costs = 0;
  bench->costs[bench->n_costs++].pid = getpid ();
  while (tasks != NULL && (task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "children", NULL);
      g_autofree char *text = NULL;
      g_auto (GStrv) pids = NULL;

      if (!g_file_get_contents (path, &text, NULL, NULL))
        continue;
      pids = g_strsplit (g_strstrip (text), " ", -1);
      for (guint i = 0; pids[i] != NULL && *pids[i] != '\0' && bench->n_costs < MAX_PROCESSES; i++)
        bench->costs[bench->n_costs++].pid = atoi (pids[i]);
    }
  for (guint i = 0; i < bench->n_costs; i++)
    bench->costs[i].ticks = get_ticks (bench->costs[i].pid);
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  SemioVideoPaintable *paintable = semio_video_view_get_paintable (bench->view);
  SemioFrame *frame = semio_video_paintable_get_frame (paintable);
  gint64 painted = semio_video_paintable_get_painted_frame (paintable);
  int code = -1;

  if (bench->begin_us == 0)
    return;
  bench->n_paints++;
  if (frame == NULL || painted != frame->frame || painted == bench->last_frame)
    return;
  bench->last_frame = painted;
  code = semio_test_barcode_read (g_bytes_get_data (frame->bgra, NULL), frame->width_px, frame->height_px, frame->stride);
  if (code < 0)
    bench->n_unreadable++;
  else
    g_hash_table_add (bench->codes, GINT_TO_POINTER (code));
  if (code >= 0 && code != (int) painted)
    bench->n_wrong++;
}

static gboolean
end_cb (gpointer data)
{
  Bench *bench = data;
  double seconds = (double) (g_get_monotonic_time () - bench->begin_us) / 1e6;
  double to_percent = 100.0 / (double) sysconf (_SC_CLK_TCK) / seconds;
  guint64 window = 0, helpers = 0;
  int width_px, height_px;

  semio_video_view_get_view_size (bench->view, &width_px, &height_px);
  g_print ("frames_a_second %.2f\n", g_hash_table_size (bench->codes) / seconds);
  g_print ("paints_a_second %.2f\n", bench->n_paints / seconds);
  g_print ("unreadable %u\nwrong %u\n", bench->n_unreadable, bench->n_wrong);
  g_print ("view_width %d\nview_height %d\n", width_px, height_px);
  for (guint i = 0; i < bench->n_costs; i++)
    {
      guint64 ticks = get_ticks (bench->costs[i].pid);

      /* One that had nothing to do may have been ended meanwhile. */
      if (ticks > bench->costs[i].ticks)
        *(i == 0 ? &window : &helpers) += ticks - bench->costs[i].ticks;
    }
  g_print ("cpu_window %.1f\ncpu_helper %.1f\n", (double) window * to_percent, (double) helpers * to_percent);
  g_print ("cpu_all %.1f\n", (double) (window + helpers) * to_percent);
  g_application_quit (G_APPLICATION (bench->application));
  return G_SOURCE_REMOVE;
}

static gboolean
begin_cb (gpointer data)
{
  Bench *bench = data;

  note_costs (bench);
  bench->begin_us = g_get_monotonic_time ();
  g_timeout_add_seconds ((guint) bench->seconds, end_cb, bench);
  return G_SOURCE_REMOVE;
}

/* Moves the panes until the view has the size that was asked for. */
static gboolean
fit_cb (gpointer data)
{
  Bench *bench = data;
  GtkPaned *columns = GTK_PANED (find_widget (GTK_WIDGET (bench->window), GTK_TYPE_PANED));
  GtkPaned *rows = GTK_PANED (find_widget (gtk_paned_get_start_child (columns), GTK_TYPE_PANED));
  int width = gtk_widget_get_width (GTK_WIDGET (bench->view));
  int height = gtk_widget_get_height (GTK_WIDGET (bench->view));

  if (bench->view_width_px == 0 || (width == bench->view_width_px && height == bench->view_height_px) || bench->n_fits++ > 8)
    {
      gtk_widget_activate_action (GTK_WIDGET (bench->view), "review.play", NULL);
      g_timeout_add (SETTLE_MS, begin_cb, bench);
      return G_SOURCE_REMOVE;
    }
  gtk_paned_set_position (columns, gtk_paned_get_position (columns) + bench->view_width_px - width);
  gtk_paned_set_position (rows, gtk_paned_get_position (rows) + bench->view_height_px - height);
  return G_SOURCE_CONTINUE;
}

static gboolean
opened_cb (gpointer data)
{
  Bench *bench = data;
  SemioVideoPaintable *paintable = NULL;

  bench->view = SEMIO_VIDEO_VIEW (find_widget (GTK_WIDGET (bench->window), SEMIO_TYPE_VIDEO_VIEW));
  paintable = semio_video_view_get_paintable (bench->view);
  if (semio_video_paintable_get_painted_frame (paintable) < 0)
    return G_SOURCE_CONTINUE;
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (bench->window)), "after-paint", G_CALLBACK (after_paint_cb), bench);
  g_timeout_add (SETTLE_MS / 3, fit_cb, bench);
  return G_SOURCE_REMOVE;
}

static gboolean
study_cb (gpointer data)
{
  Bench *bench = data;
  SemioStudy *study = semio_window_get_study (bench->window);
  g_autoptr (SemioCase) first = NULL;
  SemioReviewPage *page = NULL;

  if (study == NULL || semio_study_is_finding_media (study))
    return G_SOURCE_CONTINUE;
  first = g_list_model_get_item (semio_study_get_cases (study), 0);
  semio_window_show_page (bench->window, "review");
  page = SEMIO_REVIEW_PAGE (find_widget (GTK_WIDGET (bench->window), SEMIO_TYPE_REVIEW_PAGE));
  semio_review_page_open_case (page, semio_case_get_id (first));
  g_timeout_add (50, opened_cb, bench);
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GApplication *application, Bench *bench)
{
  bench->window = semio_window_new (bench->application);
  if (bench->view_width_px > 0)
    gtk_window_set_default_size (GTK_WINDOW (bench->window), bench->view_width_px + 640, bench->view_height_px + 480);
  else
    gtk_window_set_default_size (GTK_WINDOW (bench->window), 1280, 800);
  semio_window_open (bench->window, bench->study);
  gtk_window_present (GTK_WINDOW (bench->window));
  g_timeout_add (50, study_cb, bench);
}

int
main (int argc, char **argv)
{
  g_autoptr (SemioApplication) application = NULL;
  g_autoptr (GFile) study = NULL;
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  Bench bench = { .last_frame = -1, .codes = codes };

  if (argc != 3 && argc != 5)
    {
      g_printerr ("Usage: playback STUDY SECONDS [VIEW_WIDTH VIEW_HEIGHT]\n");
      return 2;
    }
  study = g_file_new_for_commandline_arg (argv[1]);
  bench.study = study;
  bench.seconds = MAX (atoi (argv[2]), 1);
  if (argc == 5)
    {
      bench.view_width_px = atoi (argv[3]);
      bench.view_height_px = atoi (argv[4]);
    }
  application = semio_application_new ();
  bench.application = application;
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &bench);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
