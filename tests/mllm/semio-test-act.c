/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-act.h"

static const char *const names[SEMIO_TEST_N_ACTS] = {
  "good",     "fenced",       "cut",        "huge",     "endless", "endless-head", "brackets", "nested",   "page",
  "not-json", "wrong-schema", "outside",    "bad-utf8", "nul",     "bidi",         "markup",   "empty",    "400",
  "overflow", "401",          "403",        "404",      "408",     "413",          "429",      "429-date", "500",
  "503",      "stall-head",   "stall-body", "reset",    "break",   "redirect",     "chunked",
};

const char *
semio_test_act_get_name (SemioTestAct act)
{
  g_return_val_if_fail ((guint) act < SEMIO_TEST_N_ACTS, NULL);
  return names[act];
}

gboolean
semio_test_act_from_name (const char *name, SemioTestAct *act)
{
  for (guint i = 0; i < SEMIO_TEST_N_ACTS; i++)
    {
      if (g_strcmp0 (name, names[i]) == 0)
        {
          *act = (SemioTestAct) i;
          return TRUE;
        }
    }
  return FALSE;
}
