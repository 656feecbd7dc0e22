/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-patient-name.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/* The published files' shape: "A0002@5-13-2021@UA6693LK@sz_v1.mp4". */
#define DEFAULT_PATIENT_PATTERN "^([^@]+)@"

char *
semio_patient_name_read (const char *file_name, const char *pattern, GError **error)
{
  g_autofree char *base = g_path_get_basename (file_name);
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *patient = NULL;

  regex = g_regex_new (pattern ? pattern : DEFAULT_PATIENT_PATTERN, 0, 0, error);
  if (!regex)
    return NULL;
  if (g_regex_get_capture_count (regex) < 1)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("The pattern “%s” has no group that holds the patient. Put that part of it in parentheses."), pattern);
      return NULL;
    }
  if (!g_utf8_validate (base, -1, NULL) || !g_regex_match (regex, base, 0, &match))
    return NULL;
  patient = g_match_info_fetch (match, 1);
  if (!patient)
    return NULL;
  g_strstrip (patient);
  return *patient ? g_steal_pointer (&patient) : NULL;
}
