/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The statements that make schema version 1, NULL-terminated. */
extern const char *const semio_schema_sql_v1[];
/* What is changed on the way to version 2. */
extern const char *const semio_schema_sql_v2[];
/* The same to version 3. */
extern const char *const semio_schema_sql_v3[];

G_END_DECLS
