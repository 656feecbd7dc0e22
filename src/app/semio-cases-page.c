/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-cases-page.h"

#include <glib/gi18n-lib.h>

#include "semio-case-filter.h"
#include "semio-case-row.h"

/* A list view makes up to two hundred rows before it paints; it is given what fills a tall screen, then the rest bit by bit. */
#define FIRST_ROWS 16
#define MORE_ROWS 16
#define MORE_ROWS_MS 20
/* Rows are there after one frame or two. */
#define MOST_FOCUS_FRAMES 30

struct _SemioCasesPage {
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *summary;
  GtkWidget *next_button;
  GtkMenuButton *reference_button;
  GtkSearchEntry *search;
  GtkDropDown *patient_choice;
  GtkDropDown *length_choice;
  GtkDropDown *coverage_choice;
  GtkDropDown *progress_choice;
  GtkDropDown *sort_choice;
  GtkWidget *tools;
  GtkStack *stack;
  GtkListView *list;
  GtkWidget *drop_hint;
  GtkPopoverMenu *menu;

  SemioStudy *study;
  SemioPosterCache *posters;
  SemioCaseFilter *filter;
  GtkCustomSorter *sorter;
  GtkFilterListModel *filtered;
  GtkSliceListModel *shown;
  GtkSingleSelection *selection;
  guint more_id; /* gives the list its next rows */
  guint focus_id; /* gives the list the keys */
  guint n_focus_frames;
  gint64 focus_recording;
  GHashTable *with_media; /* ids of recordings that have media, to notice a join */
};

G_DEFINE_FINAL_TYPE (SemioCasesPage, semio_cases_page, ADW_TYPE_BIN)

enum { SIGNAL_ADD, N_SIGNALS };

static guint signals[N_SIGNALS];

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  SemioCasesPage *self = SEMIO_CASES_PAGE (user_data);

  return semio_case_compare ((SemioCase *) a, (SemioCase *) b, gtk_drop_down_get_selected (self->sort_choice));
}

static void
show_list (SemioCasesPage *self)
{
  GListModel *cases = self->study != NULL ? semio_study_get_cases (self->study) : NULL;
  const char *name = "list";

  if (cases == NULL || g_list_model_get_n_items (cases) == 0)
    name = "empty";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0)
    name = "no-match";
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->tools, !g_str_equal (name, "empty"));
}

static void
filter_changed_cb (SemioCasesPage *self)
{
  guint patient = gtk_drop_down_get_selected (self->patient_choice);
  GListModel *patients = gtk_drop_down_get_model (self->patient_choice);

  semio_case_filter_set_text (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  if (patient == 0 || patient == GTK_INVALID_LIST_POSITION)
    semio_case_filter_set_patient (self->filter, NULL);
  else
    semio_case_filter_set_patient (self->filter, gtk_string_list_get_string (GTK_STRING_LIST (patients), patient));
  semio_case_filter_set_length (self->filter, gtk_drop_down_get_selected (self->length_choice));
  semio_case_filter_set_coverage (self->filter, gtk_drop_down_get_selected (self->coverage_choice));
  semio_case_filter_set_progress (self->filter, gtk_drop_down_get_selected (self->progress_choice));
  show_list (self);
}

static void
sort_changed_cb (SemioCasesPage *self)
{
  if (self->sorter != NULL)
    gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
}

static void
clear_filters_cb (SemioCasesPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (self->patient_choice, 0);
  gtk_drop_down_set_selected (self->length_choice, 0);
  gtk_drop_down_set_selected (self->coverage_choice, 0);
  gtk_drop_down_set_selected (self->progress_choice, 0);
  filter_changed_cb (self);
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

/* Patients in order behind "All patients"; the chosen one stays chosen while it is there. */
static void
refresh_patients (SemioCasesPage *self)
{
  GListModel *cases = semio_study_get_cases (self->study);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *chosen = NULL;
  guint selected = gtk_drop_down_get_selected (self->patient_choice);
  GListModel *old = gtk_drop_down_get_model (self->patient_choice);

  if (selected > 0 && selected != GTK_INVALID_LIST_POSITION)
    chosen = g_strdup (gtk_string_list_get_string (GTK_STRING_LIST (old), selected));
  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);
      char *patient = semio_case_get_recording (item)->patient;

      if (patient == NULL || g_hash_table_contains (seen, patient))
        continue;
      g_ptr_array_add (names, g_strdup (patient));
      g_hash_table_add (seen, g_ptr_array_index (names, names->len - 1));
    }
  g_ptr_array_sort (names, compare_text);
  gtk_string_list_append (list, _ ("All patients"));
  selected = 0;
  for (guint i = 0; i < names->len; i++)
    {
      gtk_string_list_append (list, g_ptr_array_index (names, i));
      if (g_strcmp0 (chosen, g_ptr_array_index (names, i)) == 0)
        selected = i + 1;
    }
  g_signal_handlers_block_by_func (self->patient_choice, filter_changed_cb, self);
  gtk_drop_down_set_model (self->patient_choice, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->patient_choice, selected);
  g_signal_handlers_unblock_by_func (self->patient_choice, filter_changed_cb, self);
}

static void
refresh_reference (SemioCasesPage *self)
{
  GPtrArray *sets = semio_study_get_reference_sets (self->study);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; sets != NULL && i < sets->len; i++)
    {
      const SemioReferenceSet *set = g_ptr_array_index (sets, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (set->name, NULL);

      g_menu_item_set_action_and_target (item, "win.reference", "x", set->id);
      g_menu_append_item (menu, item);
      if (set->current)
        /* TRANSLATORS: %s is the name of the labels that predictions are scored against. */
        text = g_strdup_printf (_ ("Reference: %s"), set->name);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->reference_button), sets != NULL && sets->len > 0);
  gtk_menu_button_set_menu_model (self->reference_button, G_MENU_MODEL (menu));
  gtk_menu_button_set_label (self->reference_button, text != NULL ? text : _ ("Choose the reference"));
}

static void
refresh_summary (SemioCasesPage *self)
{
  guint n_cases = g_list_model_get_n_items (semio_study_get_cases (self->study));
  GPtrArray *runs = semio_study_get_runs (self->study);
  guint n_runs = runs != NULL ? runs->len : 0;
  guint n_rated = 0;
  guint n_items = 0;
  double median_s = 0;
  g_autoptr (GString) text = g_string_new (NULL);

  semio_study_get_progress (self->study, &n_rated, &n_items, &median_s);
  g_string_append_printf (text, ngettext ("%u recording", "%u recordings", n_cases), n_cases);
  g_string_append (text, " · ");
  g_string_append_printf (text, ngettext ("%u run", "%u runs", n_runs), n_runs);
  if (semio_study_get_person (self->study) != NULL && n_items > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("%u of %u rated"), n_rated, n_items);
    }
  gtk_label_set_text (self->title, semio_study_get_title (self->study));
  gtk_label_set_text (self->summary, text->str);
  gtk_widget_set_visible (self->next_button, n_items > 0);
  gtk_widget_set_sensitive (self->next_button, n_rated < n_items || n_items == 0);
  if (n_items > 0 && n_rated >= n_items)
    gtk_button_set_label (GTK_BUTTON (self->next_button), _ ("Everything Is Rated"));
  else
    gtk_button_set_label (GTK_BUTTON (self->next_button), n_rated > 0 ? _ ("_Continue Rating") : _ ("_Start Rating"));
}

/* A recording that stood by name and got its video has a poster now. */
static void
forget_joined_posters (SemioCasesPage *self)
{
  GListModel *cases = semio_study_get_cases (self->study);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);
      gint64 id = semio_case_get_id (item);

      if (!semio_case_get_recording (item)->has_media || g_hash_table_contains (self->with_media, &id))
        continue;
      g_hash_table_add (self->with_media, g_memdup2 (&id, sizeof id));
      semio_poster_cache_forget (self->posters, id);
    }
}

/* While videos are looked for no row says that its own is missing; when the search has ended those that are say so. */
static void
searched_cb (SemioCasesPage *self)
{
  GListModel *cases = semio_study_get_cases (self->study);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);

      if (!semio_case_get_media_found (item))
        g_object_notify (G_OBJECT (item), "media-found");
    }
}

static void
changed_cb (SemioCasesPage *self)
{
  forget_joined_posters (self);
  refresh_patients (self);
  refresh_reference (self);
  refresh_summary (self);
  semio_case_filter_refresh (self->filter);
  if (gtk_drop_down_get_selected (self->sort_choice) != SEMIO_CASE_SORT_NAME)
    sort_changed_cb (self);
  show_list (self);
}

static void
activated_cb (SemioCasesPage *self, guint position)
{
  g_autoptr (SemioCase) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-case", "x", semio_case_get_id (item));
}

/* Esc gives all cases back, and the keys to them. */
static void
search_stopped_cb (SemioCasesPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* Enter in the search opens the case that is selected under it. */
static void
search_activated_cb (SemioCasesPage *self)
{
  filter_changed_cb (self);
  if (self->selection != NULL)
    activated_cb (self, gtk_single_selection_get_selected (self->selection));
}

static void
append_case_action (GMenu *section, const char *label, const char *action, gint64 id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "x", id);
  g_menu_append_item (section, item);
}

static void
show_menu (SemioCasesPage *self, SemioCase *item, const GdkRectangle *at)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();
  gint64 id = semio_case_get_id (item);
  gboolean mirrored = semio_case_get_recording (item)->mirrored;

  append_case_action (first, _ ("_Open"), "win.open-case", id);
  append_case_action (second, _ ("Change the _Pseudonym…"), "win.rename-case", id);
  append_case_action (second, _ ("Change the P_atient…"), "win.set-patient", id);
  append_case_action (second, mirrored ? _ ("Mark as Not _Mirrored") : _ ("Mark as _Mirrored"), "win.mirror-case", id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  gtk_popover_menu_set_menu_model (self->menu, G_MENU_MODEL (menu));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
row_menu_cb (SemioCasesPage *self, double x_px, double y_px, SemioCaseRow *row)
{
  GdkRectangle at = { 0, 0, 1, 1 };
  double page_x_px = 0;
  double page_y_px = 0;
  SemioCase *item = semio_case_row_get_case (row);

  if (item == NULL)
    return;
  gtk_widget_translate_coordinates (GTK_WIDGET (row), GTK_WIDGET (self), x_px, y_px, &page_x_px, &page_y_px);
  at.x = (int) page_x_px;
  at.y = (int) page_y_px;
  show_menu (self, item, &at);
}

/* The menu key: at the row that has the focus. */
static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  SemioCasesPage *self = SEMIO_CASES_PAGE (user_data);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GdkRectangle at = { 0, 0, 1, 1 };
  double x_px = 0;
  double y_px = 0;
  SemioCase *item = gtk_single_selection_get_selected_item (self->selection);

  if (item == NULL || focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    return FALSE;
  gtk_widget_translate_coordinates (focus, GTK_WIDGET (self), gtk_widget_get_width (focus) / 3.0,
                                    gtk_widget_get_height (focus) * 0.7, &x_px, &y_px);
  at.x = (int) x_px;
  at.y = (int) y_px;
  show_menu (self, item, &at);
  return TRUE;
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  GtkWidget *row = semio_case_row_new ();

  g_signal_connect_object (row, "menu", G_CALLBACK (row_menu_cb), user_data, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  SemioCasesPage *self = SEMIO_CASES_PAGE (user_data);

  semio_case_row_bind (SEMIO_CASE_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item), self->study,
                       self->posters);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  semio_case_row_unbind (SEMIO_CASE_ROW (gtk_list_item_get_child (list_item)));
}

static gboolean
drop_cb (SemioCasesPage *self, const GValue *value)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GSList) links = gdk_file_list_get_files (list);

  for (GSList *link = links; link != NULL; link = link->next)
    g_ptr_array_add (files, g_object_ref (link->data));
  gtk_widget_set_visible (self->drop_hint, FALSE);
  if (files->len == 0)
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_ADD], 0, files);
  return TRUE;
}

static GdkDragAction
drop_enter_cb (SemioCasesPage *self)
{
  if (self->study == NULL || semio_study_is_read_only (self->study))
    return 0;
  gtk_widget_set_visible (self->drop_hint, TRUE);
  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (SemioCasesPage *self)
{
  gtk_widget_set_visible (self->drop_hint, FALSE);
}

static gboolean
more_rows_cb (gpointer user_data)
{
  SemioCasesPage *self = SEMIO_CASES_PAGE (user_data);
  guint n_shown = gtk_slice_list_model_get_size (self->shown);

  /* No row is made while the page is out of sight. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->more_id = 0;
      return G_SOURCE_REMOVE;
    }
  if (n_shown < g_list_model_get_n_items (gtk_slice_list_model_get_model (self->shown)))
    {
      gtk_slice_list_model_set_size (self->shown, n_shown + MORE_ROWS);
      return G_SOURCE_CONTINUE;
    }
  gtk_slice_list_model_set_size (self->shown, G_MAXUINT);
  self->more_id = 0;
  return G_SOURCE_REMOVE;
}

/* Below the priority of painting and not at once, so that the first paint, keys and pictures go before. */
static void
show_more_rows (SemioCasesPage *self)
{
  if (self->more_id == 0 && self->shown != NULL && gtk_slice_list_model_get_size (self->shown) != G_MAXUINT)
    self->more_id = g_timeout_add_full (G_PRIORITY_LOW, MORE_ROWS_MS, more_rows_cb, self, NULL);
}

static guint
find_position (SemioCasesPage *self, gint64 recording_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (semio_case_get_id (item) == recording_id)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* (nullable): what the list made for a case. */
static GtkWidget *
find_row (SemioCasesPage *self, SemioCase *item)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);

      if (SEMIO_IS_CASE_ROW (child) && semio_case_row_get_case (SEMIO_CASE_ROW (child)) == item)
        return row;
    }
  return NULL;
}

/* The list takes the keys, unless a person has gone to another control of the page by then. FALSE while it has no row to give
 * them to. */
static gboolean
focus_row (SemioCasesPage *self)
{
  GtkWidget *list = GTK_WIDGET (self->list);
  GtkRoot *root = gtk_widget_get_root (list);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;
  guint position;

  if (self->selection == NULL || root == NULL || !gtk_widget_get_mapped (list))
    return TRUE;
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) && gtk_widget_get_mapped (focus))
    return TRUE;
  position = find_position (self, self->focus_recording);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, position);
  position = gtk_single_selection_get_selected (self->selection);
  if (position == GTK_INVALID_LIST_POSITION)
    return TRUE;
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
  row = find_row (self, SEMIO_CASE (gtk_single_selection_get_selected_item (self->selection)));
  return row != NULL && gtk_widget_grab_focus (row);
}

static gboolean
focus_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SemioCasesPage *self = SEMIO_CASES_PAGE (widget);

  if (!focus_row (self) && ++self->n_focus_frames < MOST_FOCUS_FRAMES)
    return G_SOURCE_CONTINUE;
  self->focus_id = 0;
  return G_SOURCE_REMOVE;
}

static void
drop_study (SemioCasesPage *self)
{
  g_clear_handle_id (&self->more_id, g_source_remove);
  gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->filtered);
  g_clear_object (&self->posters);
  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  g_clear_object (&self->study);
}

static void
semio_cases_page_dispose (GObject *object)
{
  SemioCasesPage *self = SEMIO_CASES_PAGE (object);

  if (self->list != NULL)
    drop_study (self);
  self->list = NULL;
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_pointer (&self->with_media, g_hash_table_unref);
  G_OBJECT_CLASS (semio_cases_page_parent_class)->dispose (object);
}

/* Judgements change no list, so the count is read when the page comes back into sight. Rows are made in sight alone. */
static void
semio_cases_page_map (GtkWidget *widget)
{
  SemioCasesPage *self = SEMIO_CASES_PAGE (widget);

  GTK_WIDGET_CLASS (semio_cases_page_parent_class)->map (widget);
  if (self->study != NULL)
    refresh_summary (self);
  show_more_rows (self);
}

static void
semio_cases_page_class_init (SemioCasesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_cases_page_dispose;
  widget_class->map = semio_cases_page_map;
  signals[SIGNAL_ADD] =
      g_signal_new ("add", SEMIO_TYPE_CASES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-cases-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, title);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, summary);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, next_button);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, reference_button);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, search);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, patient_choice);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, length_choice);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, coverage_choice);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, progress_choice);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, sort_choice);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, tools);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, list);
  gtk_widget_class_bind_template_child (widget_class, SemioCasesPage, drop_hint);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sort_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_filters_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
}

static void
add_controllers (SemioCasesPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  const char *const triggers[] = { "Menu", "<Shift>F10" };

  g_signal_connect_swapped (drop, "drop", G_CALLBACK (drop_cb), self);
  g_signal_connect_swapped (drop, "enter", G_CALLBACK (drop_enter_cb), self);
  g_signal_connect_swapped (drop, "leave", G_CALLBACK (drop_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  for (gsize i = 0; i < G_N_ELEMENTS (triggers); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (triggers[i]), gtk_callback_action_new (menu_key_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
semio_cases_page_init (SemioCasesPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->with_media = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->filter = semio_case_filter_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sorter = gtk_custom_sorter_new (compare_cb, self, NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->list));
  add_controllers (self);
  self->menu = GTK_POPOVER_MENU (gtk_popover_menu_new_from_model (NULL));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->menu), GTK_ALIGN_START);
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
}

GtkWidget *
semio_cases_page_new (void)
{
  return g_object_new (SEMIO_TYPE_CASES_PAGE, NULL);
}

void
semio_cases_page_set_study (SemioCasesPage *self, SemioStudy *study)
{
  GtkSortListModel *sorted = NULL;

  g_return_if_fail (SEMIO_IS_CASES_PAGE (self));
  if (self->study == study)
    return;
  drop_study (self);
  if (study == NULL)
    return;
  self->study = g_object_ref (study);
  self->posters = semio_poster_cache_new (study);
  self->filtered =
      gtk_filter_list_model_new (g_object_ref (semio_study_get_cases (study)), g_object_ref (GTK_FILTER (self->filter)));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)), g_object_ref (GTK_SORTER (self->sorter)));
  self->shown = gtk_slice_list_model_new (G_LIST_MODEL (sorted), 0, FIRST_ROWS);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (study, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (study, "notify::person", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (study, "media-searched", G_CALLBACK (searched_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_more_rows (self);
}

void
semio_cases_page_focus_search (SemioCasesPage *self)
{
  g_return_if_fail (SEMIO_IS_CASES_PAGE (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
semio_cases_page_focus_list (SemioCasesPage *self, gint64 recording_id)
{
  g_return_if_fail (SEMIO_IS_CASES_PAGE (self));
  self->focus_recording = recording_id;
  self->n_focus_frames = 0;
  if (self->focus_id == 0)
    self->focus_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), focus_cb, NULL, NULL);
}

GArray *
semio_cases_page_list_shown (SemioCasesPage *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (SEMIO_IS_CASES_PAGE (self), ids);
  for (guint i = 0; self->filtered != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->filtered)); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (G_LIST_MODEL (self->filtered), i);
      gint64 id = semio_case_get_id (item);

      g_array_append_val (ids, id);
    }
  return ids;
}
