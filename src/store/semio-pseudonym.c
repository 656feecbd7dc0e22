/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-pseudonym.h"

#include <glib/gi18n-lib.h>

#include "semio-text.h"

#define MAX_PSEUDONYM_CHARS 40
#define MAX_TRIES 1000

static const char *COUNT_RECORDINGS_SQL = "SELECT count (*) FROM recording";
static const char *COUNT_PATIENTS_SQL = "SELECT count (*) FROM patient";
static const char *HAS_RECORDING_SQL = "SELECT 1 FROM recording WHERE pseudonym = ?1";
static const char *HAS_PATIENT_SQL = "SELECT 1 FROM patient WHERE pseudonym = ?1";

static gboolean
is_taken (SemioDatabase *database, const char *sql, const char *pseudonym, gboolean *taken, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_text (statement, 1, pseudonym);
  return semio_statement_step (statement, taken, error);
}

static char *
draw (SemioDatabase *database, char letter, int digits, const char *count_sql, const char *has_sql, GError **error)
{
  guint32 limit = digits == 2 ? 100 : 1000;
  gint64 count;

  if (!semio_database_get_int (database, count_sql, 0, &count, error))
    return NULL;
  while (count * 2 >= limit && digits < 9)
    {
      limit *= 10;
      digits += 1;
    }
  for (int i = 0; i < MAX_TRIES; i++)
    {
      g_autofree char *pseudonym = g_strdup_printf ("%c%0*u", letter, digits, semio_random_below (limit));
      gboolean taken;

      if (!is_taken (database, has_sql, pseudonym, &taken, error))
        return NULL;
      if (!taken)
        return g_steal_pointer (&pseudonym);
    }
  g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_FAILED, _ ("No free pseudonym was found. Try again."));
  return NULL;
}

char *
semio_pseudonym_new_recording (SemioDatabase *database, GError **error)
{
  return draw (database, 'R', 3, COUNT_RECORDINGS_SQL, HAS_RECORDING_SQL, error);
}

char *
semio_pseudonym_new_patient (SemioDatabase *database, GError **error)
{
  return draw (database, 'P', 2, COUNT_PATIENTS_SQL, HAS_PATIENT_SQL, error);
}

char *
semio_pseudonym_clean (const char *text, GError **error)
{
  g_autofree char *clean = semio_text_clean (text, -1, MAX_PSEUDONYM_CHARS);

  if (*g_strstrip (clean) != '\0')
    return g_steal_pointer (&clean);
  g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID, _ ("A pseudonym cannot be empty. Type one."));
  return NULL;
}
