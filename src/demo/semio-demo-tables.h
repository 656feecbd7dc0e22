/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-demo-answers.h"
#include "semio-feature-set.h"

G_BEGIN_DECLS

/* Wide study files as the program imports them, derived from choreographies and sample answers. */

/* Reference labels, event times and types, and the interval of each feature that occurs. */
GBytes *semio_demo_tables_write_labels (GPtrArray *choreographies, SemioFeatureSet *features);
/* One row per segment. */
GBytes *semio_demo_tables_write_answers (GPtrArray *choreographies, SemioFeatureSet *features, SemioDemoAnswers *answers);

G_END_DECLS
