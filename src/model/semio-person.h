/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "semio-uuid.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_ROLE_EPILEPTOLOGIST,
  SEMIO_ROLE_RESEARCHER,
  SEMIO_ROLE_RESIDENT,
  SEMIO_ROLE_TECHNOLOGIST,
  SEMIO_ROLE_OTHER,
} SemioRole;

#define SEMIO_N_ROLES 5

/* Who rates. Reference counted, not changed once made. */
typedef struct {
  gatomicrefcount refs;
  gint64 id;
  SemioUuid uuid;
  char *name; /* (nullable) redacted in a de-identified copy */
  SemioRole role;
} SemioPerson;

#define SEMIO_TYPE_PERSON (semio_person_get_type ())
GType semio_person_get_type (void);
SemioPerson *semio_person_new (void);
SemioPerson *semio_person_ref (SemioPerson *person);
void semio_person_unref (SemioPerson *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioPerson, semio_person_unref)

const char *semio_role_to_id (SemioRole role);
gboolean semio_role_from_id (const char *id, SemioRole *role);
const char *semio_role_get_label (SemioRole role);

G_END_DECLS
