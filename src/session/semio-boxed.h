/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "semio-person.h"
#include "semio-recording.h"

G_BEGIN_DECLS

/* Types of the model as properties of objects carry them. */
#define SEMIO_TYPE_RECORDING (semio_recording_get_type ())
GType semio_recording_get_type (void);
#define SEMIO_TYPE_PERSON (semio_person_get_type ())
GType semio_person_get_type (void);

G_END_DECLS
