/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-case-private.h"

#include <string.h>

struct _SemioCase {
  GObject parent_instance;
  SemioRecording *recording;
  char *title;
  SemioEvent event;
  guint n_items;
  guint n_rated;
  GArray *coverage; /* of double, by run */
  gboolean media_found;
  gboolean done;
};

G_DEFINE_TYPE (SemioCase, semio_case, G_TYPE_OBJECT)

enum { PROP_0, PROP_RECORDING, PROP_TITLE, PROP_N_ITEMS, PROP_N_RATED, PROP_COVERAGE, PROP_MEDIA_FOUND, PROP_DONE, N_PROPS };

static GParamSpec *props[N_PROPS];

static void
semio_case_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SemioCase *self = SEMIO_CASE (object);

  switch (id)
    {
    case PROP_RECORDING:
      g_value_set_boxed (value, self->recording);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_items);
      break;
    case PROP_N_RATED:
      g_value_set_uint (value, self->n_rated);
      break;
    case PROP_COVERAGE:
      g_value_set_double (value, semio_case_get_total_coverage (self));
      break;
    case PROP_MEDIA_FOUND:
      g_value_set_boolean (value, self->media_found);
      break;
    case PROP_DONE:
      g_value_set_boolean (value, self->done);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
semio_case_finalize (GObject *object)
{
  SemioCase *self = SEMIO_CASE (object);

  g_clear_pointer (&self->recording, semio_recording_unref);
  g_free (self->title);
  g_array_unref (self->coverage);
  G_OBJECT_CLASS (semio_case_parent_class)->finalize (object);
}

static void
semio_case_class_init (SemioCaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = semio_case_get_property;
  object_class->finalize = semio_case_finalize;

  props[PROP_RECORDING] = g_param_spec_boxed ("recording", NULL, NULL, SEMIO_TYPE_RECORDING, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_RATED] = g_param_spec_uint ("n-rated", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_COVERAGE] = g_param_spec_double ("coverage", NULL, NULL, 0, 1, 0, flags);
  props[PROP_MEDIA_FOUND] = g_param_spec_boolean ("media-found", NULL, NULL, FALSE, flags);
  props[PROP_DONE] = g_param_spec_boolean ("done", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
semio_case_init (SemioCase *self)
{
  const SemioEvent unknown = SEMIO_EVENT_INIT;

  self->event = unknown;
  self->coverage = g_array_new (FALSE, TRUE, sizeof (double));
}

SemioCase *
semio_case_new (SemioRecording *recording)
{
  SemioCase *self = g_object_new (SEMIO_TYPE_CASE, NULL);

  semio_case_set_recording (self, recording);
  return self;
}

void
semio_case_set_recording (SemioCase *self, SemioRecording *recording)
{
  g_autofree char *title = NULL;

  if (self->recording == recording)
    return;
  g_clear_pointer (&self->recording, semio_recording_unref);
  self->recording = semio_recording_ref (recording);
  title = recording->patient && *recording->patient ? g_strdup_printf ("%s · %s", recording->patient, recording->pseudonym)
                                                    : g_strdup (recording->pseudonym);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECORDING]);
  if (g_strcmp0 (title, self->title) != 0)
    {
      g_free (self->title);
      self->title = g_steal_pointer (&title);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
    }
}

void
semio_case_set_event (SemioCase *self, const SemioEvent *event)
{
  const SemioEvent unknown = SEMIO_EVENT_INIT;

  self->event = event ? *event : unknown;
}

void
semio_case_set_progress (SemioCase *self, guint n_rated, guint n_items)
{
  if (self->n_items != n_items)
    {
      self->n_items = n_items;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
    }
  if (self->n_rated != n_rated)
    {
      self->n_rated = n_rated;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_RATED]);
    }
}

void
semio_case_set_coverage (SemioCase *self, const double *coverage, guint n_runs)
{
  if (self->coverage->len == n_runs && (n_runs == 0 || memcmp (self->coverage->data, coverage, n_runs * sizeof (double)) == 0))
    return;
  g_array_set_size (self->coverage, 0);
  g_array_append_vals (self->coverage, coverage, n_runs);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COVERAGE]);
}

void
semio_case_set_media_found (SemioCase *self, gboolean found)
{
  if (self->media_found == found)
    return;
  self->media_found = found;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MEDIA_FOUND]);
}

void
semio_case_set_done (SemioCase *self, gboolean done)
{
  if (self->done == done)
    return;
  self->done = done;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DONE]);
}

const SemioRecording *
semio_case_get_recording (SemioCase *self)
{
  return self->recording;
}

gint64
semio_case_get_id (SemioCase *self)
{
  return self->recording->id;
}

const SemioEvent *
semio_case_get_event (SemioCase *self)
{
  return &self->event;
}

const char *
semio_case_get_title (SemioCase *self)
{
  return self->title;
}

guint
semio_case_get_n_items (SemioCase *self)
{
  return self->n_items;
}

guint
semio_case_get_n_rated (SemioCase *self)
{
  return self->n_rated;
}

double
semio_case_get_coverage (SemioCase *self, guint run)
{
  return run < self->coverage->len ? g_array_index (self->coverage, double, run) : 0;
}

double
semio_case_get_total_coverage (SemioCase *self)
{
  double sum = 0;

  for (guint i = 0; i < self->coverage->len; i++)
    sum += g_array_index (self->coverage, double, i);
  return self->coverage->len > 0 ? MIN (sum / self->coverage->len, 1) : 0;
}

gboolean
semio_case_get_media_found (SemioCase *self)
{
  return self->media_found;
}

gboolean
semio_case_get_done (SemioCase *self)
{
  return self->done;
}
