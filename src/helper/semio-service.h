/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioService:
 *
 * The helper's end of the connection: takes commands and hands them to whoever does them.
 */
typedef struct _SemioService SemioService;

SemioService *semio_service_new (int socket);
/* Until the program closes the connection. */
void semio_service_run (SemioService *service);

G_END_DECLS
