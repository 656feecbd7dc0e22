/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-import.h"

static const char *const ids[SEMIO_N_IMPORT_FORMS] = { "auto",       "wide-csv",  "dense-csv",   "sides-csv",
                                                       "onsets-csv", "order-csv", "reports-csv", "event-types-csv" };
static const char *const labels[SEMIO_N_IMPORT_FORMS] = {
  N_ ("By its columns"),    N_ ("Answers"), N_ ("Answers with times"), N_ ("Sides of head and arms"), N_ ("Onset times"),
  N_ ("Order of features"), N_ ("Reports"), N_ ("Event types"),
};

const char *
semio_import_form_to_id (SemioImportForm form)
{
  g_return_val_if_fail ((guint) form < SEMIO_N_IMPORT_FORMS, NULL);

  return ids[form];
}

gboolean
semio_import_form_from_id (const char *id, SemioImportForm *form)
{
  for (guint i = 0; i < SEMIO_N_IMPORT_FORMS; i++)
    if (g_strcmp0 (id, ids[i]) == 0)
      {
        *form = (SemioImportForm) i;
        return TRUE;
      }
  return FALSE;
}

const char *
semio_import_form_get_label (SemioImportForm form)
{
  g_return_val_if_fail ((guint) form < SEMIO_N_IMPORT_FORMS, NULL);

  return _ (labels[form]);
}
