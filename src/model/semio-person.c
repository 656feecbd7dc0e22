/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-person.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *id;
  const char *label;
} RoleText;

static const RoleText texts[SEMIO_N_ROLES] = {
  [SEMIO_ROLE_EPILEPTOLOGIST] = { "epileptologist", N_ ("Epileptologist") },
  [SEMIO_ROLE_RESEARCHER] = { "researcher", N_ ("Researcher") },
  [SEMIO_ROLE_RESIDENT] = { "resident", N_ ("Resident") },
  [SEMIO_ROLE_TECHNOLOGIST] = { "technologist", N_ ("EEG technologist") },
  [SEMIO_ROLE_OTHER] = { "other", N_ ("Other") },
};

G_DEFINE_BOXED_TYPE (SemioPerson, semio_person, semio_person_ref, semio_person_unref)

SemioPerson *
semio_person_new (void)
{
  SemioPerson *person = g_new0 (SemioPerson, 1);

  g_atomic_ref_count_init (&person->refs);
  return person;
}

SemioPerson *
semio_person_ref (SemioPerson *person)
{
  g_atomic_ref_count_inc (&person->refs);
  return person;
}

void
semio_person_unref (SemioPerson *person)
{
  if (!g_atomic_ref_count_dec (&person->refs))
    return;
  g_free (person->name);
  g_free (person);
}

const char *
semio_role_to_id (SemioRole role)
{
  g_return_val_if_fail ((guint) role < SEMIO_N_ROLES, "other");

  return texts[role].id;
}

gboolean
semio_role_from_id (const char *id, SemioRole *role)
{
  for (guint i = 0; i < SEMIO_N_ROLES; i++)
    if (g_strcmp0 (id, texts[i].id) == 0)
      {
        *role = (SemioRole) i;
        return TRUE;
      }
  return FALSE;
}

const char *
semio_role_get_label (SemioRole role)
{
  g_return_val_if_fail ((guint) role < SEMIO_N_ROLES, "");

  return _ (texts[role].label);
}
