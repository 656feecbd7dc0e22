/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-endpoint.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_SERVER_DIALOG (semio_server_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SemioServerDialog, semio_server_dialog, SEMIO, SERVER_DIALOG, AdwWindow)

/**
 * SemioServerDialog:
 *
 * A model server as the user of this machine keeps it: address, model, key, and what it was found to accept. It can be tried
 * out with drawn pictures and a made sound, nothing of a patient.
 *
 * Signal "changed" (const char *: the server's id; "" when it was removed): the list of servers was written.
 */
/* endpoint NULL: a new one. */
SemioServerDialog *semio_server_dialog_new (GtkWindow *parent, const SemioEndpoint *endpoint);

G_END_DECLS
