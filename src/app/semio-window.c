/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-window.h"

#include <glib/gi18n-lib.h>

#include "semio-backup-offer.h"
#include "semio-cases-page.h"
#include "semio-person-button.h"
#include "semio-person-dialog.h"
#include "semio-recent-studies.h"
#include "semio-results-page.h"
#include "semio-review-page.h"
#include "semio-run-dialog.h"
#include "semio-runs-page.h"
#include "semio-study-tasks.h"
#include "semio-timing.h"
#include "semio-welcome-page.h"
#include "semio-window-actions.h"

/* How often a focused window looks whether another process changed the study. */
#define LOOK_FOR_CHANGES_S 1

struct _SemioWindow {
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  SemioWelcomePage *welcome_page;
  AdwStatusPage *opening_page;
  GtkProgressBar *opening_bar;
  GtkWidget *header;
  GtkWidget *back_button;
  GtkWidget *search_button;
  AdwViewSwitcherTitle *switcher_title;
  SemioPersonButton *person_button;
  GtkRevealer *strip;
  GtkLabel *strip_label;
  AdwViewStack *pages;
  SemioCasesPage *cases_page;
  SemioReviewPage *review_page;
  SemioRunsPage *runs_page;
  SemioResultsPage *results_page;

  GSettings *settings;
  SemioStudy *study;
  GFile *file; /* open or being opened */
  GCancellable *opening;
  guint look_id;
  guint prepare_id; /* makes the pages when the first frame has been painted */
  gboolean closing;
  gboolean closed;
  gboolean asked_person;
  gboolean stopping_runs; /* closing as soon as what came is kept */
};

G_DEFINE_FINAL_TYPE (SemioWindow, semio_window, ADW_TYPE_APPLICATION_WINDOW)

static void
notice_cb (SemioWindow *self, const char *text)
{
  semio_window_tell (self, text);
}

static void
changed_cb (SemioWindow *self)
{
  gtk_window_set_title (GTK_WINDOW (self), semio_study_get_title (self->study));
  adw_view_switcher_title_set_title (self->switcher_title, semio_study_get_title (self->study));
  semio_window_actions_update (self);
}

static gboolean
look_for_changes_cb (gpointer user_data)
{
  SemioWindow *self = SEMIO_WINDOW (user_data);

  if (gtk_window_is_active (GTK_WINDOW (self)) && !self->closing)
    semio_study_check_for_changes (self->study);
  return G_SOURCE_CONTINUE;
}

static void
apply_media_folders (SemioWindow *self)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) uris = g_settings_get_strv (self->settings, "media-folders");

  if (self->study == NULL)
    return;
  for (gsize i = 0; uris[i] != NULL; i++)
    g_ptr_array_add (folders, g_file_new_for_uri (uris[i]));
  semio_study_set_media_folders (self->study, folders);
}

/* Who rated last in this study on this machine goes on rating. */
static void
restore_person (SemioWindow *self)
{
  g_autoptr (GVariant) last = g_settings_get_value (self->settings, "last-persons");
  GPtrArray *persons = semio_study_get_persons (self->study);
  char study_uuid[SEMIO_UUID_TEXT];
  const char *person_uuid = NULL;

  semio_uuid_format (semio_study_get_uuid (self->study), study_uuid);
  if (!g_variant_lookup (last, study_uuid, "&s", &person_uuid))
    return;
  for (guint i = 0; persons != NULL && i < persons->len; i++)
    {
      SemioPerson *person = g_ptr_array_index (persons, i);
      char uuid[SEMIO_UUID_TEXT];

      semio_uuid_format (&person->uuid, uuid);
      if (g_str_equal (uuid, person_uuid))
        semio_study_set_person (self->study, person);
    }
}

static void
show_strip (SemioWindow *self)
{
  const char *reason = semio_study_get_read_only_reason (self->study);
  gboolean read_only = semio_study_is_read_only (self->study);
  g_autofree char *text = NULL;

  if (read_only)
    text = reason != NULL ? g_strdup_printf (_ ("Read only: %s"), reason)
                          : g_strdup (_ ("This study can be read, but not changed."));
  gtk_label_set_text (self->strip_label, text != NULL ? text : "");
  gtk_revealer_set_reveal_child (self->strip, read_only);
}

static void
add_cb (SemioWindow *self, GPtrArray *files)
{
  semio_study_tasks_add (self, files);
}

/* Full screen with the picture alone: the header would be in its way. */
static void
video_only_cb (SemioWindow *self)
{
  gtk_widget_set_visible (self->header, !semio_review_page_get_video_only (self->review_page));
}

static void
start_run_cb (SemioWindow *self, SemioPredict *predict)
{
  semio_runs_page_start (self->runs_page, predict);
}

static void
new_run_cb (SemioWindow *self, const SemioRunConfig *config)
{
  g_autoptr (GArray) shown = semio_cases_page_list_shown (self->cases_page);
  SemioRunDialog *dialog = semio_run_dialog_new (self, config, shown);

  g_signal_connect_object (dialog, "start", G_CALLBACK (start_run_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
idle_cb (SemioWindow *self)
{
  if (self->stopping_runs)
    gtk_window_close (GTK_WINDOW (self));
}

static void
add_runs_page (SemioWindow *self)
{
  AdwViewStackPage *page = NULL;

  self->runs_page = SEMIO_RUNS_PAGE (semio_runs_page_new (self->settings));
  page = adw_view_stack_add_titled (self->pages, GTK_WIDGET (self->runs_page), "runs", _ ("Runs"));
  adw_view_stack_page_set_icon_name (page, "system-run-symbolic");
  g_signal_connect_object (self->runs_page, "new-run", G_CALLBACK (new_run_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runs_page, "tell", G_CALLBACK (semio_window_tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runs_page, "idle", G_CALLBACK (idle_cb), self, G_CONNECT_SWAPPED);
}

/* The pages of a study cost more than the window itself, so the window is shown before they are made. */
static void
ensure_pages (SemioWindow *self)
{
  AdwViewStackPage *page = NULL;

  g_clear_handle_id (&self->prepare_id, g_source_remove);
  if (self->cases_page != NULL)
    return;
  self->cases_page = SEMIO_CASES_PAGE (semio_cases_page_new ());
  page = adw_view_stack_add_titled (self->pages, GTK_WIDGET (self->cases_page), "cases", _ ("Cases"));
  adw_view_stack_page_set_icon_name (page, "view-list-symbolic");
  g_signal_connect_object (self->cases_page, "add", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  self->review_page = SEMIO_REVIEW_PAGE (semio_review_page_new ());
  semio_review_page_set_settings (self->review_page, self->settings);
  page = adw_view_stack_add_titled (self->pages, GTK_WIDGET (self->review_page), "review", _ ("Review"));
  adw_view_stack_page_set_icon_name (page, "media-playback-start-symbolic");
  g_signal_connect_object (self->review_page, "notify::video-only", G_CALLBACK (video_only_cb), self, G_CONNECT_SWAPPED);
  add_runs_page (self);
  self->results_page = SEMIO_RESULTS_PAGE (semio_results_page_new ());
  page = adw_view_stack_add_titled (self->pages, GTK_WIDGET (self->results_page), "results", _ ("Results"));
  adw_view_stack_page_set_icon_name (page, "x-office-spreadsheet-symbolic");
}

static gboolean
prepare_cb (gpointer user_data)
{
  SemioWindow *self = SEMIO_WINDOW (user_data);

  self->prepare_id = 0;
  ensure_pages (self);
  return G_SOURCE_REMOVE;
}

static void
first_frame_cb (GdkFrameClock *clock, gpointer user_data)
{
  SemioWindow *self = SEMIO_WINDOW (user_data);

  g_signal_handlers_disconnect_by_func (clock, first_frame_cb, self);
  if (self->cases_page == NULL && self->prepare_id == 0)
    self->prepare_id = g_idle_add (prepare_cb, self);
}

static void
realized_cb (SemioWindow *self)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self)), "after-paint", G_CALLBACK (first_frame_cb), self, 0);
}

static void
take_study (SemioWindow *self, SemioStudy *study)
{
  const char *const *remarks = semio_study_get_remarks (study);

  ensure_pages (self);
  self->study = study;
  g_signal_connect_object (study, "notice", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (study, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (study, "notify::person", G_CALLBACK (semio_window_actions_update), self, G_CONNECT_SWAPPED);
  apply_media_folders (self);
  restore_person (self);
  semio_recent_studies_add (self->settings, self->file);
  semio_person_button_set_study (self->person_button, study);
  semio_cases_page_set_study (self->cases_page, study);
  semio_review_page_set_study (self->review_page, study);
  semio_runs_page_set_study (self->runs_page, study);
  semio_results_page_set_study (self->results_page, study);
  show_strip (self);
  changed_cb (self);
  semio_window_show_page (self, "cases");
  semio_cases_page_focus_list (self->cases_page, 0);
  gtk_stack_set_visible_child_name (self->stack, "study");
  semio_timing_mark_painted (GTK_WIDGET (self->cases_page), "cases painted");
  for (gsize i = 0; remarks != NULL && remarks[i] != NULL; i++)
    semio_window_tell (self, remarks[i]);
  self->look_id = g_timeout_add_seconds (LOOK_FOR_CHANGES_S, look_for_changes_cb, self);
}

static void
opened (SemioWindow *self, SemioStudy *study, const char *heading, const GError *error)
{
  gboolean cancelled = g_cancellable_is_cancelled (self->opening);
  g_autoptr (GFile) file = NULL;

  g_clear_object (&self->opening);
  if (study != NULL)
    {
      take_study (self, study);
      return;
    }
  file = g_steal_pointer (&self->file);
  gtk_stack_set_visible_child_name (self->stack, "welcome");
  semio_window_actions_update (self);
  if (!cancelled)
    semio_backup_offer (self, file, heading, error);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioWindow) self = SEMIO_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  SemioStudy *study = semio_study_open_finish (result, &error);

  opened (self, study, _ ("The study could not be opened"), error);
}

static void
create_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioWindow) self = SEMIO_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  SemioStudy *study = semio_study_create_finish (result, &error);

  opened (self, study, _ ("The study could not be made"), error);
}

static void
opening_progress_cb (double fraction, const char *what, gpointer user_data)
{
  SemioWindow *self = SEMIO_WINDOW (user_data);

  if (what != NULL)
    adw_status_page_set_description (self->opening_page, what);
  if (fraction < 0)
    gtk_progress_bar_pulse (self->opening_bar);
  else
    gtk_progress_bar_set_fraction (self->opening_bar, CLAMP (fraction, 0, 1));
}

static void
opening_cancelled_cb (SemioWindow *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
}

static void
begin_opening (SemioWindow *self, GFile *file)
{
  g_set_object (&self->file, file);
  self->opening = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->opening_bar, 0);
  adw_status_page_set_description (self->opening_page, NULL);
  gtk_stack_set_visible_child_name (self->stack, "opening");
  semio_window_actions_update (self);
}

static void
open_recent_cb (SemioWindow *self, GFile *file)
{
  semio_application_open_study (SEMIO_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), file, GTK_WINDOW (self));
}

static void
page_changed_cb (SemioWindow *self)
{
  gboolean on_cases = g_str_equal (semio_window_get_page (self), "cases");

  /* The focus of the page that went would move to a button of the header, and there the page's Space and Enter would end. */
  if (!on_cases)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  else if (self->study != NULL)
    semio_cases_page_focus_list (self->cases_page, semio_review_page_get_recording_id (self->review_page));
  gtk_widget_set_visible (self->back_button, !on_cases);
  semio_window_actions_update (self);
}

static void
close_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioWindow) self = SEMIO_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  self->closing = FALSE;
  self->closed = TRUE;
  if (semio_study_close_finish (SEMIO_STUDY (source), result, &error))
    gtk_window_destroy (GTK_WINDOW (self));
  else
    {
      /* What could not be written is told before the window goes; closing once more lets it go. */
      gtk_widget_set_sensitive (GTK_WIDGET (self->stack), TRUE);
      semio_window_tell_error (self, _ ("The study could not be closed cleanly"), error);
    }
}

static void
keep_size (SemioWindow *self)
{
  int width_px = 0;
  int height_px = 0;

  gtk_window_get_default_size (GTK_WINDOW (self), &width_px, &height_px);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width_px <= 0 || height_px <= 0)
    return;
  g_settings_set_int (self->settings, "window-width", width_px);
  g_settings_set_int (self->settings, "window-height", height_px);
}

static void
stop_response_cb (SemioWindow *self, const char *response)
{
  if (g_strcmp0 (response, "stop") != 0)
    return;
  self->stopping_runs = TRUE;
  if (!semio_runs_page_stop (self->runs_page))
    gtk_window_close (GTK_WINDOW (self));
}

static void
ask_stop (SemioWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("A run is at work"),
                                              _ ("Closing the window stops it. Every answer that came is kept, and the run goes "
                                                 "on where it was with “Continue”."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Keep Open"), "stop", _ ("_Stop and Close"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (stop_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
semio_window_close_request (GtkWindow *window)
{
  SemioWindow *self = SEMIO_WINDOW (window);

  if (self->closing)
    return TRUE;
  keep_size (self);
  opening_cancelled_cb (self);
  if (self->study == NULL || self->closed)
    return FALSE;
  if (semio_runs_page_is_busy (self->runs_page))
    {
      if (!self->stopping_runs)
        ask_stop (self);
      return TRUE;
    }
  self->closing = TRUE;
  /* The page hands over what is unfinished, a comment for instance, before the study closes behind it. */
  semio_review_page_set_study (self->review_page, NULL);
  semio_runs_page_set_study (self->runs_page, NULL);
  semio_results_page_set_study (self->results_page, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), FALSE);
  semio_study_close_async (self->study, close_cb, g_object_ref (self));
  return TRUE;
}

static void
semio_window_dispose (GObject *object)
{
  SemioWindow *self = SEMIO_WINDOW (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->prepare_id, g_source_remove);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  g_clear_object (&self->study);
  g_clear_object (&self->file);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (semio_window_parent_class)->dispose (object);
}

static void
semio_window_class_init (SemioWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = semio_window_close_request;
  g_type_ensure (SEMIO_TYPE_WELCOME_PAGE);
  g_type_ensure (SEMIO_TYPE_PERSON_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, opening_page);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, opening_bar);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, header);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, person_button);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, strip_label);
  gtk_widget_class_bind_template_child (widget_class, SemioWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, open_recent_cb);
  gtk_widget_class_bind_template_callback (widget_class, opening_cancelled_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
}

static void
semio_window_init (SemioWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

SemioWindow *
semio_window_new (SemioApplication *application)
{
  SemioWindow *self = g_object_new (SEMIO_TYPE_WINDOW, "application", application, NULL);

  self->settings = g_object_ref (semio_application_get_settings (application));
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  g_signal_connect_object (self->settings, "changed::media-folders", G_CALLBACK (apply_media_folders), self, G_CONNECT_SWAPPED);
  semio_welcome_page_set_settings (self->welcome_page, self->settings);
  semio_window_actions_install (self);
  g_signal_connect (self, "realize", G_CALLBACK (realized_cb), NULL);
  semio_window_actions_update (self);
  semio_timing_mark_painted (GTK_WIDGET (self), "first frame painted");
  return self;
}

void
semio_window_open (SemioWindow *self, GFile *file)
{
  g_return_if_fail (SEMIO_IS_WINDOW (self));
  g_return_if_fail (semio_window_is_empty (self));
  semio_timing_mark ("study asked");
  begin_opening (self, file);
  semio_study_open_async (file, opening_progress_cb, self, self->opening, open_cb, g_object_ref (self));
}

void
semio_window_create (SemioWindow *self, GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *title = g_filename_display_name (base);

  g_return_if_fail (SEMIO_IS_WINDOW (self));
  g_return_if_fail (semio_window_is_empty (self));
  if (g_str_has_suffix (title, ".semio"))
    title[strlen (title) - strlen (".semio")] = '\0';
  begin_opening (self, file);
  semio_study_create_async (file, title, self->opening, create_cb, g_object_ref (self));
}

gboolean
semio_window_is_empty (SemioWindow *self)
{
  g_return_val_if_fail (SEMIO_IS_WINDOW (self), FALSE);
  return self->file == NULL;
}

gboolean
semio_window_shows (SemioWindow *self, GFile *file)
{
  g_return_val_if_fail (SEMIO_IS_WINDOW (self), FALSE);
  return self->file != NULL && !self->closing && g_file_equal (self->file, file);
}

SemioStudy *
semio_window_get_study (SemioWindow *self)
{
  g_return_val_if_fail (SEMIO_IS_WINDOW (self), NULL);
  return self->study;
}

GSettings *
semio_window_get_settings (SemioWindow *self)
{
  g_return_val_if_fail (SEMIO_IS_WINDOW (self), NULL);
  return self->settings;
}

void
semio_window_show_page (SemioWindow *self, const char *name)
{
  g_return_if_fail (SEMIO_IS_WINDOW (self));
  if (adw_view_stack_get_child_by_name (self->pages, name) == NULL)
    return;
  /* A page that goes with the focus in it has the toolkit look for another place after the next frame, which is a button
   * of the header. */
  if (!g_str_equal (semio_window_get_page (self), name))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  adw_view_stack_set_visible_child_name (self->pages, name);
}

const char *
semio_window_get_page (SemioWindow *self)
{
  const char *name = NULL;

  g_return_val_if_fail (SEMIO_IS_WINDOW (self), "cases");
  name = adw_view_stack_get_visible_child_name (self->pages);
  return name != NULL ? name : "cases";
}

/* Rating needs to know who rates; looking does not. So the question is asked once, over the case that is open already. */
static void
ask_person (SemioWindow *self)
{
  if (self->asked_person || semio_study_get_person (self->study) != NULL || semio_study_is_read_only (self->study))
    return;
  self->asked_person = TRUE;
  gtk_window_present (GTK_WINDOW (semio_person_dialog_new (self, FALSE)));
}

void
semio_window_open_case (SemioWindow *self, gint64 recording_id)
{
  g_return_if_fail (SEMIO_IS_WINDOW (self));
  g_return_if_fail (self->study != NULL);
  semio_review_page_open_case (self->review_page, recording_id);
  semio_window_show_page (self, "review");
  ask_person (self);
}

void
semio_window_open_item (SemioWindow *self, const SemioItemKey *key)
{
  g_return_if_fail (SEMIO_IS_WINDOW (self));
  g_return_if_fail (self->study != NULL);
  semio_review_page_open_item (self->review_page, key);
  semio_window_show_page (self, "review");
  ask_person (self);
}

static void
person_chosen_cb (SemioWindow *self)
{
  semio_window_rate_next (self);
}

void
semio_window_rate_next (SemioWindow *self)
{
  g_return_if_fail (SEMIO_IS_WINDOW (self));
  g_return_if_fail (self->study != NULL);
  if (semio_study_get_person (self->study) == NULL && !semio_study_is_read_only (self->study))
    {
      SemioPersonDialog *dialog = semio_person_dialog_new (self, FALSE);

      g_signal_connect_object (dialog, "chosen", G_CALLBACK (person_chosen_cb), self, G_CONNECT_SWAPPED);
      gtk_window_present (GTK_WINDOW (dialog));
      return;
    }
  if (semio_review_page_open_next (self->review_page))
    semio_window_show_page (self, "review");
  else
    semio_window_tell (self, _ ("Everything is rated."));
}

void
semio_window_focus_search (SemioWindow *self)
{
  g_return_if_fail (SEMIO_IS_WINDOW (self));
  semio_window_show_page (self, "cases");
  semio_cases_page_focus_search (self->cases_page);
}

void
semio_window_choose_person (SemioWindow *self, SemioPerson *person)
{
  g_autoptr (GVariant) last = NULL;
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("a{ss}"));
  GVariantIter iter;
  const char *key = NULL;
  const char *value = NULL;
  char study_uuid[SEMIO_UUID_TEXT];
  char person_uuid[SEMIO_UUID_TEXT];

  g_return_if_fail (SEMIO_IS_WINDOW (self));
  g_return_if_fail (self->study != NULL && person != NULL);
  semio_study_set_person (self->study, person);
  semio_uuid_format (semio_study_get_uuid (self->study), study_uuid);
  semio_uuid_format (&person->uuid, person_uuid);
  last = g_settings_get_value (self->settings, "last-persons");
  g_variant_iter_init (&iter, last);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    {
      if (!g_str_equal (key, study_uuid))
        g_variant_builder_add (builder, "{ss}", key, value);
    }
  g_variant_builder_add (builder, "{ss}", study_uuid, person_uuid);
  g_settings_set_value (self->settings, "last-persons", g_variant_builder_end (builder));
}

void
semio_window_tell (SemioWindow *self, const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (SEMIO_IS_WINDOW (self));
  /* A toast reads its title as markup; names from files stand in these sentences. */
  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

void
semio_window_tell_error (SemioWindow *self, const char *heading, const GError *error)
{
  GtkWidget *dialog = NULL;

  g_return_if_fail (SEMIO_IS_WINDOW (self));
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
