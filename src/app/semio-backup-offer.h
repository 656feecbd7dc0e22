/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-window.h"

G_BEGIN_DECLS

/* Tells that a file could not be opened. When it is damaged and a good backup is known, a copy of the backup is offered
 * at a place of the person's choice; the damaged file stays as it is. */
void semio_backup_offer (SemioWindow *window, GFile *file, const char *heading, const GError *error);

G_END_DECLS
