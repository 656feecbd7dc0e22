/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-headlines.h"

/* What the rows say of one feature. -1: nothing. */
typedef struct {
  double baseline;
  double plain;
  double any;
  gboolean helped;
} Best;

void
semio_published_row_free (SemioPublishedRow *row)
{
  g_free (row->feature);
  g_free (row->group);
  g_free (row->model);
  g_free (row->enhancement);
  g_free (row);
}

gboolean
semio_published_row_is_baseline (const SemioPublishedRow *row)
{
  return g_str_equal (row->model, "CNN") || g_str_equal (row->model, "ViViT");
}

static gboolean
is_plain (const SemioPublishedRow *row)
{
  return g_str_equal (row->enhancement, "none");
}

/* Whether some enhancement of the row's model on its feature is better than the plain row. */
static gboolean
is_helped (GPtrArray *rows, const SemioPublishedRow *plain)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const SemioPublishedRow *row = rows->pdata[i];

      if (!is_plain (row) && g_str_equal (row->feature, plain->feature) && g_str_equal (row->model, plain->model)
          && row->f1 > plain->f1)
        return TRUE;
    }
  return FALSE;
}

static Best
find_best (GPtrArray *rows, const char *feature)
{
  Best best = { -1, -1, -1, FALSE };

  for (guint i = 0; i < rows->len; i++)
    {
      const SemioPublishedRow *row = rows->pdata[i];

      if (!g_str_equal (row->feature, feature))
        continue;
      if (semio_published_row_is_baseline (row))
        {
          best.baseline = MAX (best.baseline, row->f1);
          continue;
        }
      best.any = MAX (best.any, row->f1);
      if (!is_plain (row))
        continue;
      best.plain = MAX (best.plain, row->f1);
      best.helped |= is_helped (rows, row);
    }
  return best;
}

static gboolean
has_text (gconstpointer a, gconstpointer b)
{
  return g_str_equal (a, b);
}

SemioHeadlines *
semio_headlines_derive (GPtrArray *rows)
{
  SemioHeadlines *headlines = g_new0 (SemioHeadlines, 1);
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();

  headlines->better = g_ptr_array_new_with_free_func (g_free);
  headlines->better_plain = g_ptr_array_new_with_free_func (g_free);
  headlines->helped = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *feature = ((const SemioPublishedRow *) rows->pdata[i])->feature;
      Best best;

      if (g_ptr_array_find_with_equal_func (seen, feature, has_text, NULL))
        continue;
      g_ptr_array_add (seen, (gpointer) feature);
      best = find_best (rows, feature);
      headlines->n_features++;
      if (best.helped)
        g_ptr_array_add (headlines->helped, g_strdup (feature));
      if (best.baseline < 0)
        continue;
      headlines->n_visual++;
      if (best.any > best.baseline)
        g_ptr_array_add (headlines->better, g_strdup (feature));
      if (best.plain > best.baseline)
        g_ptr_array_add (headlines->better_plain, g_strdup (feature));
    }
  return headlines;
}

void
semio_headlines_free (SemioHeadlines *headlines)
{
  if (headlines == NULL)
    return;
  g_ptr_array_unref (headlines->better);
  g_ptr_array_unref (headlines->better_plain);
  g_ptr_array_unref (headlines->helped);
  g_free (headlines);
}
