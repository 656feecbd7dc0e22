/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-facts.h"

#include <glib/gi18n-lib.h>

#include "semio-run-words.h"
#include "semio-wrap-layout.h"

#define HASH_DIGITS 12

/* A number and what it is of. */
typedef struct {
  GtkWidget *box;
  GtkLabel *figure, *caption;
} Tile;

enum { TILE_ANSWERED, TILE_FAILED, TILE_REPAIRED, TILE_READ, TILE_WRITTEN, TILE_CACHED, N_TILES };

struct _SemioRunFacts {
  AdwBin parent_instance;

  Tile tiles[N_TILES];
};

G_DEFINE_FINAL_TYPE (SemioRunFacts, semio_run_facts, ADW_TYPE_BIN)

static void
add_tile (GtkWidget *box, Tile *tile)
{
  tile->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  tile->figure = GTK_LABEL (gtk_label_new (NULL));
  tile->caption = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (tile->box, "card");
  gtk_widget_add_css_class (tile->box, "run-tile");
  gtk_widget_add_css_class (GTK_WIDGET (tile->figure), "run-figure");
  gtk_widget_add_css_class (GTK_WIDGET (tile->figure), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (tile->caption), "caption");
  gtk_label_set_xalign (tile->figure, 0);
  gtk_label_set_xalign (tile->caption, 0);
  gtk_box_append (GTK_BOX (tile->box), GTK_WIDGET (tile->figure));
  gtk_box_append (GTK_BOX (tile->box), GTK_WIDGET (tile->caption));
  gtk_box_append (GTK_BOX (box), tile->box);
}

/* Takes the figure; NULL hides the tile. */
static void
set_tile (Tile *tile, char *figure, const char *caption)
{
  gtk_widget_set_visible (tile->box, figure != NULL);
  /* A text that stays is not set: the page would be laid out anew. */
  if (g_strcmp0 (gtk_label_get_text (tile->figure), figure != NULL ? figure : "") != 0)
    gtk_label_set_text (tile->figure, figure != NULL ? figure : "");
  if (g_strcmp0 (gtk_label_get_text (tile->caption), caption) != 0)
    gtk_label_set_text (tile->caption, caption);
  g_free (figure);
}

static void
semio_run_facts_class_init (SemioRunFactsClass *klass)
{
}

static void
semio_run_facts_init (SemioRunFacts *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, g_object_new (SEMIO_TYPE_WRAP_LAYOUT, NULL));
  for (guint i = 0; i < N_TILES; i++)
    add_tile (box, &self->tiles[i]);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
semio_run_facts_new (void)
{
  return g_object_new (SEMIO_TYPE_RUN_FACTS, NULL);
}

/* What came since the sums were read is added; -1 while no server told. */
static gint64
add_new (gint64 sum, gint64 now, gint64 counted)
{
  if (now < 0)
    return sum;
  return MAX (sum, 0) + now - MAX (counted, 0);
}

static void
show_tokens (SemioRunFacts *self, const SemioRunSums *sums, SemioPredict *predict, const SemioPredictProgress *counted)
{
  SemioPredictProgress progress = predict != NULL ? semio_predict_get_progress (predict) : *counted;
  gint64 read = add_new (sums->prompt_tokens, progress.prompt_tokens, counted->prompt_tokens);
  gint64 written = add_new (sums->completion_tokens, progress.completion_tokens, counted->completion_tokens);
  gint64 cached = add_new (sums->cached_of_tokens > 0 ? sums->cached_tokens : -1, progress.cached_tokens, counted->cached_tokens);
  gint64 of = progress.cached_tokens >= 0 ? add_new (sums->cached_of_tokens > 0 ? sums->cached_of_tokens : -1,
                                                     progress.prompt_tokens, counted->prompt_tokens)
                                          : sums->cached_of_tokens;

  set_tile (&self->tiles[TILE_READ], read >= 0 ? semio_run_words_count (read) : g_strdup (_ ("Unknown")), _ ("Tokens read"));
  set_tile (&self->tiles[TILE_WRITTEN], written >= 0 ? semio_run_words_count (written) : g_strdup (_ ("Unknown")),
            _ ("Tokens written"));
  set_tile (&self->tiles[TILE_CACHED],
            cached >= 0 && of > 0 ? g_strdup_printf (_ ("%d %%"), (int) CLAMP (100 * cached / of, 0, 100))
                                  : g_strdup (_ ("Unknown")),
            _ ("From the cache"));
}

void
semio_run_facts_show (SemioRunFacts *self, const SemioRun *run, const SemioRunCoverage *coverage, const SemioRunSums *sums,
                      SemioPredict *predict, const SemioPredictProgress *counted)
{
  gboolean is_asked = semio_run_is_asked (run);

  /* TRANSLATORS: questions with an answer, of all of the run. */
  set_tile (&self->tiles[TILE_ANSWERED],
            coverage != NULL ? g_strdup_printf (_ ("%u of %u"), coverage->n_answered, coverage->n_planned) : g_strdup ("…"),
            is_asked ? _ ("Questions answered") : _ ("Answers"));
  set_tile (&self->tiles[TILE_FAILED], coverage != NULL ? g_strdup_printf ("%u", coverage->n_unusable) : NULL,
            _ ("No usable answer"));
  set_tile (&self->tiles[TILE_REPAIRED], coverage != NULL && is_asked ? g_strdup_printf ("%u", coverage->n_repaired) : NULL,
            _ ("Repaired"));
  if (is_asked)
    show_tokens (self, sums, predict, counted);
  for (guint i = TILE_READ; !is_asked && i <= TILE_CACHED; i++)
    set_tile (&self->tiles[i], NULL, "");
}

/* ---- Settings ---- */

/* Takes the value. */
static void
add_setting (GtkWidget *grid, const char *title, char *value)
{
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *label = gtk_label_new (value);
  GtkWidget *last = gtk_widget_get_last_child (grid);
  int row = 0;

  if (last != NULL)
    gtk_grid_query_child (GTK_GRID (grid), last, NULL, &row, NULL, NULL);
  row += last != NULL;
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_yalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), label, 1, row, 1, 1);
  g_free (value);
}

static char *
describe_prompts (SemioPromptSet *prompts)
{
  SemioSha256 hash = semio_prompt_set_get_hash (prompts);
  g_autofree char *digits = semio_sha256_to_string (&hash);

  digits[HASH_DIGITS] = '\0';
  /* TRANSLATORS: name, version and the beginning of the hash of a prompt set. */
  return g_strdup_printf (_ ("%s, version %u (%s)"), semio_prompt_set_get_name (prompts), semio_prompt_set_get_version (prompts),
                          digits);
}

static char *
describe_pictures (const SemioRunConfig *config)
{
  double rate = (double) config->rate_num / MAX (config->rate_den, 1);

  if (config->height_px == 0)
    return g_strdup_printf (_ ("%.3g a second, at most %u in a segment, as large as recorded, JPEG quality %u"), rate,
                            config->max_frames, config->quality);
  return g_strdup_printf (_ ("%.3g a second, at most %u in a segment, at most %u px high, JPEG quality %u"), rate,
                          config->max_frames, config->height_px, config->quality);
}

static const char *
describe_sound (const SemioRunConfig *config)
{
  switch (config->sound)
    {
    case SEMIO_SOUND_SCOPE_SEGMENT:
      return config->frames_with_sound ? _ ("Of the segment, with its pictures") : _ ("Of the segment");
    case SEMIO_SOUND_SCOPE_RECORDING:
      return config->frames_with_sound ? _ ("Of the whole recording, with pictures") : _ ("Of the whole recording");
    case SEMIO_SOUND_SCOPE_NONE:
    default:
      return _ ("None");
    }
}

static char *
describe_kinds (const SemioRunConfig *config)
{
  const char *const parts[] = { config->kinds & (1u << SEMIO_QUESTION_ANSWER) ? _ ("whether each occurs") : NULL,
                                config->kinds & (1u << SEMIO_QUESTION_ONSET) ? _ ("when each begins") : NULL,
                                config->kinds & (1u << SEMIO_QUESTION_NARRATIVE) ? _ ("a narrative") : NULL };
  g_autofree char *kinds = semio_run_words_join (parts, G_N_ELEMENTS (parts));
  guint n_features = g_strv_length (config->features);

  return g_strdup_printf (ngettext ("%u feature: %s", "%u features: %s", n_features), n_features, kinds);
}

static void
add_config (GtkWidget *group, const SemioRunConfig *config)
{
  add_setting (group, _ ("Prompts"), describe_prompts (config->prompts));
  add_setting (group, _ ("Asked"), describe_kinds (config));
  add_setting (group, _ ("Pictures"), describe_pictures (config));
  add_setting (group, _ ("Segments"),
               g_strdup_printf (_ ("%.3g s, each starts %.3g s after the last"),
                                (double) config->segment_ns / SEMIO_NS_PER_SECOND,
                                (double) config->step_ns / SEMIO_NS_PER_SECOND));
  add_setting (group, _ ("Sound"), g_strdup (describe_sound (config)));
  add_setting (group, _ ("Temperature"), g_strdup_printf ("%.3g", config->temperature));
  add_setting (group, _ ("Seed"),
               config->seed >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, config->seed) : g_strdup (_ ("None")));
  add_setting (
      group, _ ("Longest answer"),
      g_strdup_printf (_ ("%u tokens, once more with %u when it was cut"), config->max_tokens, config->max_tokens_again));
}

GtkWidget *
semio_run_facts_create_settings (const SemioRun *run, const SemioRunConfig *config)
{
  GtkWidget *group = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (group), 18);
  gtk_grid_set_row_spacing (GTK_GRID (group), 8);
  gtk_widget_add_css_class (group, "card");
  gtk_widget_add_css_class (group, "results-card");
  add_setting (group, _ ("Model"), g_strdup (run->model != NULL && run->model[0] != '\0' ? run->model : _ ("Not known")));
  if (config != NULL)
    add_setting (group, _ ("Server"), g_strjoinv ("\n", config->urls));
  add_setting (group, _ ("Enhancement"), g_strdup (semio_run_words_enhancement (run->enhancement)));
  if (config != NULL)
    add_config (group, config);
  else
    add_setting (group, _ ("What the model was shown"), g_strdup (_ ("Not known: the answers were imported from a file.")));
  if (run->notice != NULL && !semio_run_is_asked (run))
    add_setting (group, _ ("Note"), g_strdup (run->notice));
  return group;
}
