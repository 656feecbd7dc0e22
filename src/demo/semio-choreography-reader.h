/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "semio-choreography.h"

G_BEGIN_DECLS

/* Frees what the features array of a choreography holds. */
void semio_demo_feature_free (SemioDemoFeature *feature);

G_END_DECLS
