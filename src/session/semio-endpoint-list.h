/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-endpoint.h"

G_BEGIN_DECLS

/* The servers that the user of this machine keeps, in a file of the user's settings folder, without keys. An array of
 * #SemioEndpoint in the order they were made, empty when there are none. A file that is damaged gives an error and stays. */
GPtrArray *semio_endpoint_list_load (GError **error);
/* Writes all of them, whole or not at all, readable for the user alone. */
gboolean semio_endpoint_list_save (GPtrArray *endpoints, GError **error);

/* Applies the user's setting “offline” to the whole program, now and whenever it changes while the result lives.
 * (nullable) (transfer full): NULL where the program's settings are not installed. */
GSettings *semio_offline_follow_settings (void);

G_END_DECLS
