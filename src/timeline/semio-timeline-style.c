/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-timeline-style.h"

#include <math.h>

#define EDGE_PX 12
#define LABEL_GAP_PX 8
#define MIN_LABEL_PX 92
#define MAX_RUN_LABEL_PX 84
/* The label column may not take more of a narrow window than this. */
#define MAX_LABEL_SHARE 0.28
/* Of words on the accent, as WCAG 2.1 asks of small ones. */
#define LEAST_CONTRAST 4.5
#define MIX_STEP 0.04f
#define MAX_MIXES 40

struct _SemioTimelineStyle {
  GObject parent_instance;
  GdkRGBA colors[SEMIO_TIMELINE_N_COLORS];
  SemioLaneMetrics metrics, metrics_with_reference;
  int ruler_height_px, event_height_px;
  int name_width_px, run_label_width_px, available_px;
  PangoLayout *words[SEMIO_N_ANSWERS];
  int word_widths_px[SEMIO_N_ANSWERS], word_heights_px[SEMIO_N_ANSWERS];
  GHashTable *texts; /* text → PangoLayout */
};

G_DEFINE_FINAL_TYPE (SemioTimelineStyle, semio_timeline_style, G_TYPE_OBJECT)

static const struct {
  double scale;
  PangoWeight weight;
} text_kinds[] = {
  [SEMIO_TIMELINE_TEXT_WORD] = { 0.68, PANGO_WEIGHT_NORMAL },  [SEMIO_TIMELINE_TEXT_RUN] = { 0.66, PANGO_WEIGHT_BOLD },
  [SEMIO_TIMELINE_TEXT_LABEL] = { 0.84, PANGO_WEIGHT_NORMAL }, [SEMIO_TIMELINE_TEXT_LABEL_SELECTED] = { 0.84, PANGO_WEIGHT_BOLD },
  [SEMIO_TIMELINE_TEXT_HEADER] = { 0.74, PANGO_WEIGHT_BOLD },  [SEMIO_TIMELINE_TEXT_RULER] = { 0.76, PANGO_WEIGHT_NORMAL },
};

static void
clear_words (SemioTimelineStyle *style)
{
  for (guint i = 0; i < SEMIO_N_ANSWERS; i++)
    g_clear_object (&style->words[i]);
  if (style->texts != NULL)
    g_hash_table_remove_all (style->texts);
}

static void
semio_timeline_style_dispose (GObject *object)
{
  clear_words (SEMIO_TIMELINE_STYLE (object));
  g_clear_pointer (&SEMIO_TIMELINE_STYLE (object)->texts, g_hash_table_unref);

  G_OBJECT_CLASS (semio_timeline_style_parent_class)->dispose (object);
}

static void
semio_timeline_style_class_init (SemioTimelineStyleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_timeline_style_dispose;
}

static void
semio_timeline_style_init (SemioTimelineStyle *style)
{
  style->name_width_px = MIN_LABEL_PX;
  style->available_px = G_MAXINT / 2;
  style->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/* The first of two names that the theme knows, else a colour of our own. */
static GdkRGBA
look_up (GtkStyleContext *context, const char *name, const char *other_name, const char *fallback)
{
  GdkRGBA color;

  if (gtk_style_context_lookup_color (context, name, &color))
    return color;
  if (gtk_style_context_lookup_color (context, other_name, &color))
    return color;
  gdk_rgba_parse (&color, fallback);
  return color;
}

static GdkRGBA
with_alpha (GdkRGBA color, double alpha)
{
  color.alpha = (float) alpha;
  return color;
}

static gboolean
is_light (const GdkRGBA *color)
{
  return 0.299 * color->red + 0.587 * color->green + 0.114 * color->blue > 0.5;
}

/* Of linear light, as WCAG 2.1 has it. */
static double
get_luminance (const GdkRGBA *color)
{
  const double parts[] = { color->red, color->green, color->blue };
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (int i = 0; i < 3; i++)
    sum += weights[i] * (parts[i] <= 0.04045 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));
  return sum;
}

/* The accent as small words can be read on it: a theme's own is made for large ones. */
static GdkRGBA
make_readable_below (GdkRGBA ground, const GdkRGBA *words)
{
  const double words_light = get_luminance (words) + 0.05;
  const float end = words_light > 0.4 ? 0 : 1;

  for (int i = 0; i < MAX_MIXES; i++)
    {
      const double light = get_luminance (&ground) + 0.05;

      if (MAX (light, words_light) / MIN (light, words_light) >= LEAST_CONTRAST)
        break;
      ground.red += (end - ground.red) * MIX_STEP;
      ground.green += (end - ground.green) * MIX_STEP;
      ground.blue += (end - ground.blue) * MIX_STEP;
    }
  return ground;
}

static void
update_colors (SemioTimelineStyle *style, GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA *colors = style->colors;
  GdkRGBA text, accent, on_accent, event, borders;
  gboolean on_dark, contrast;

  gtk_style_context_get_color (context, &text);
  on_dark = is_light (&text);
  text.alpha = 1;
  /* A theme for high contrast is told by its strong borders; what usually stands back comes forward there. */
  borders = look_up (context, "borders", "borders", "rgba(128,128,128,0.2)");
  contrast = borders.alpha >= 0.4f && borders.alpha < 1;
  on_accent = look_up (context, "accent_fg_color", "theme_selected_fg_color", "#ffffff");
  accent = make_readable_below (look_up (context, "accent_bg_color", "theme_selected_bg_color", "#3584e4"), &on_accent);
  event = look_up (context, "warning_color", "warning_color", on_dark ? "#f8e45c" : "#ae7b03");

  colors[SEMIO_TIMELINE_COLOR_TEXT] = with_alpha (text, contrast ? 1 : 0.92);
  colors[SEMIO_TIMELINE_COLOR_DIM] = with_alpha (text, contrast ? 0.95 : 0.66);
  colors[SEMIO_TIMELINE_COLOR_OUTLINE] = with_alpha (text, contrast ? 0.8 : 0.36);
  colors[SEMIO_TIMELINE_COLOR_GRID] = with_alpha (text, contrast ? 0.5 : 0.1);
  colors[SEMIO_TIMELINE_COLOR_HEADER] = with_alpha (text, 0.045);
  colors[SEMIO_TIMELINE_COLOR_ACCENT] = accent;
  colors[SEMIO_TIMELINE_COLOR_ON_ACCENT] = on_accent;
  colors[SEMIO_TIMELINE_COLOR_SELECTED] = with_alpha (accent, contrast ? 0.4 : on_dark ? 0.24 : 0.16);
  colors[SEMIO_TIMELINE_COLOR_EVENT] = event;
  colors[SEMIO_TIMELINE_COLOR_EVENT_GROUND] = with_alpha (event, on_dark ? 0.07 : 0.1);
  colors[SEMIO_TIMELINE_COLOR_PLAYHEAD] =
      on_dark ? look_up (context, "red_2", "red_2", "#ed333b") : look_up (context, "red_4", "red_4", "#c01c28");
  colors[SEMIO_TIMELINE_COLOR_REFERENCE] =
      on_dark ? look_up (context, "orange_2", "orange_2", "#ffa348") : look_up (context, "orange_5", "orange_5", "#c64600");
  colors[SEMIO_TIMELINE_COLOR_JUDGEMENT] =
      with_alpha (look_up (context, "success_bg_color", "success_color", "#2ec27e"), contrast  ? 0.5
                                                                                     : on_dark ? 0.42
                                                                                               : 0.3);
  colors[SEMIO_TIMELINE_COLOR_HOVER] = with_alpha (text, 0.5);
  colors[SEMIO_TIMELINE_COLOR_GROUND] = look_up (context, "window_bg_color", "theme_bg_color", on_dark ? "#242424" : "#fafafa");
}

static void
update_words (SemioTimelineStyle *style, GtkWidget *widget)
{
  int run_px = 11, label_px, header_px, ruler_px;
  g_autoptr (PangoLayout) label = semio_timeline_style_create_layout (style, widget, SEMIO_TIMELINE_TEXT_LABEL, "Ag");
  g_autoptr (PangoLayout) header = semio_timeline_style_create_layout (style, widget, SEMIO_TIMELINE_TEXT_HEADER, "A");
  g_autoptr (PangoLayout) ruler = semio_timeline_style_create_layout (style, widget, SEMIO_TIMELINE_TEXT_RULER, "0");
  SemioLaneMetrics metrics;

  clear_words (style);
  for (guint i = 0; i < SEMIO_N_ANSWERS; i++)
    {
      style->words[i] =
          semio_timeline_style_create_layout (style, widget, SEMIO_TIMELINE_TEXT_WORD, semio_answer_get_label ((SemioAnswer) i));
      pango_layout_get_pixel_size (style->words[i], &style->word_widths_px[i], &style->word_heights_px[i]);
      run_px = MAX (run_px, style->word_heights_px[i]);
    }
  pango_layout_get_pixel_size (label, NULL, &label_px);
  pango_layout_get_pixel_size (header, NULL, &header_px);
  pango_layout_get_pixel_size (ruler, NULL, &ruler_px);

  /* A lane with a single row still has room for its name. */
  metrics = (SemioLaneMetrics){ header_px + 6, run_px, 2, 0, MAX (5, (label_px - run_px + 1) / 2) };
  style->metrics = metrics;
  metrics.reference_px = run_px;
  metrics.padding_px = MAX (4, metrics.padding_px - 1);
  style->metrics_with_reference = metrics;
  style->ruler_height_px = ruler_px + 9;
  style->event_height_px = run_px + 3;
}

static int
measure_text (SemioTimelineStyle *style, GtkWidget *widget, SemioTimelineText kind, const char *text)
{
  g_autoptr (PangoLayout) layout = semio_timeline_style_create_layout (style, widget, kind, text);
  int width_px;

  pango_layout_get_pixel_size (layout, &width_px, NULL);
  return width_px;
}

/**
 * semio_timeline_style_new:
 *
 * Returns: (transfer full): a style to be updated before use
 */
SemioTimelineStyle *
semio_timeline_style_new (void)
{
  return g_object_new (SEMIO_TYPE_TIMELINE_STYLE, NULL);
}

/**
 * semio_timeline_style_update:
 * @style: a style
 * @widget: whose theme and font are read
 */
void
semio_timeline_style_update (SemioTimelineStyle *style, GtkWidget *widget)
{
  update_colors (style, widget);
  update_words (style, widget);
}

/**
 * semio_timeline_style_measure_labels:
 * @style: a style
 * @widget: whose font is used
 * @set: (nullable): what is shown
 */
void
semio_timeline_style_measure_labels (SemioTimelineStyle *style, GtkWidget *widget, SemioLaneSet *set)
{
  style->name_width_px = MIN_LABEL_PX;
  style->run_label_width_px = 0;
  for (guint i = 0; set != NULL && i < set->lanes->len; i++)
    {
      const SemioLane *lane = g_ptr_array_index (set->lanes, i);
      int width_px = measure_text (style, widget, SEMIO_TIMELINE_TEXT_LABEL_SELECTED, lane->label);

      style->name_width_px = MAX (style->name_width_px, width_px);
      /* The same runs stand in every lane. */
      for (guint run = 0; i == 0 && run < lane->runs->len; run++)
        {
          const SemioLaneRun *shown = g_ptr_array_index (lane->runs, run);

          width_px = measure_text (style, widget, SEMIO_TIMELINE_TEXT_RUN, shown->label);
          style->run_label_width_px = CLAMP (width_px, style->run_label_width_px, MAX_RUN_LABEL_PX);
        }
      for (guint person = 0; person < lane->persons->len && style->run_label_width_px < MAX_RUN_LABEL_PX; person++)
        {
          const SemioLanePerson *shown = g_ptr_array_index (lane->persons, person);

          width_px = measure_text (style, widget, SEMIO_TIMELINE_TEXT_WORD, shown->label);
          style->run_label_width_px = CLAMP (width_px, style->run_label_width_px, MAX_RUN_LABEL_PX);
        }
    }
}

/**
 * semio_timeline_style_set_available:
 * @style: a style
 * @width_px: of the timeline
 */
void
semio_timeline_style_set_available (SemioTimelineStyle *style, int width_px)
{
  style->available_px = width_px;
}

/**
 * semio_timeline_style_get_color:
 * @style: a style
 * @color: which
 *
 * Returns: (transfer none): as the theme has it now
 */
const GdkRGBA *
semio_timeline_style_get_color (SemioTimelineStyle *style, SemioTimelineColor color)
{
  return &style->colors[color];
}

/**
 * semio_timeline_style_get_metrics:
 * @style: a style
 * @with_reference: whether lanes keep a row for the reference
 *
 * Returns: (transfer none): heights for the font in use
 */
const SemioLaneMetrics *
semio_timeline_style_get_metrics (SemioTimelineStyle *style, gboolean with_reference)
{
  return with_reference ? &style->metrics_with_reference : &style->metrics;
}

/**
 * semio_timeline_style_get_ruler_height:
 * @style: a style
 *
 * Returns: of the ruler's ticks and labels
 */
int
semio_timeline_style_get_ruler_height (SemioTimelineStyle *style)
{
  return style->ruler_height_px;
}

/**
 * semio_timeline_style_get_event_height:
 * @style: a style
 *
 * Returns: of the strip under the ruler that names the event
 */
int
semio_timeline_style_get_event_height (SemioTimelineStyle *style)
{
  return style->event_height_px;
}

/**
 * semio_timeline_style_get_label_width:
 * @style: a style
 *
 * Returns: width of the label column
 */
int
semio_timeline_style_get_label_width (SemioTimelineStyle *style)
{
  int wanted_px = EDGE_PX + style->name_width_px + LABEL_GAP_PX;
  int most_px = MAX (MIN_LABEL_PX, (int) (MAX_LABEL_SHARE * style->available_px));

  if (style->run_label_width_px > 0)
    wanted_px += style->run_label_width_px + LABEL_GAP_PX;
  return MIN (wanted_px, most_px);
}

/**
 * semio_timeline_style_get_run_label_width:
 * @style: a style
 *
 * Returns: the part of the label column that names the runs, 0 without runs
 */
int
semio_timeline_style_get_run_label_width (SemioTimelineStyle *style)
{
  if (style->run_label_width_px == 0)
    return 0;
  return MIN (style->run_label_width_px, semio_timeline_style_get_label_width (style) / 3) + LABEL_GAP_PX;
}

/**
 * semio_timeline_style_create_layout:
 * @style: a style
 * @widget: whose font is used
 * @kind: which of the timeline's fonts
 * @text: plain text
 *
 * Returns: (transfer full): a layout of one line
 */
PangoLayout *
semio_timeline_style_create_layout (SemioTimelineStyle *style, GtkWidget *widget, SemioTimelineText kind, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

  pango_attr_list_insert (attrs, pango_attr_scale_new (text_kinds[kind].scale));
  pango_attr_list_insert (attrs, pango_attr_weight_new (text_kinds[kind].weight));
  if (kind == SEMIO_TIMELINE_TEXT_HEADER)
    pango_attr_list_insert (attrs, pango_attr_letter_spacing_new (PANGO_SCALE / 2));
  /* Digits of one width keep the ruler quiet while it moves. */
  if (kind == SEMIO_TIMELINE_TEXT_RULER)
    pango_attr_list_insert (attrs, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attrs);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

/**
 * semio_timeline_style_get_word:
 * @style: a style
 * @answer: an answer
 * @width_px: (out): of the word
 * @height_px: (out): of the word
 *
 * Returns: (transfer none): the word, laid out once
 */
PangoLayout *
semio_timeline_style_get_word (SemioTimelineStyle *style, SemioAnswer answer, int *width_px, int *height_px)
{
  *width_px = style->word_widths_px[answer];
  *height_px = style->word_heights_px[answer];
  return style->words[answer];
}

/**
 * semio_timeline_style_get_text:
 * @style: a style
 * @widget: whose font is used
 * @text: a short word; few of them are different
 *
 * Returns: (transfer none): the word, laid out once
 */
PangoLayout *
semio_timeline_style_get_text (SemioTimelineStyle *style, GtkWidget *widget, const char *text)
{
  PangoLayout *layout = g_hash_table_lookup (style->texts, text);

  if (layout != NULL)
    return layout;
  layout = semio_timeline_style_create_layout (style, widget, SEMIO_TIMELINE_TEXT_WORD, text);
  g_hash_table_insert (style->texts, g_strdup (text), layout);
  return layout;
}
