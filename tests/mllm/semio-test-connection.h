/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-test-server.h"

G_BEGIN_DECLS

/* Serves one connection until it ends. Blocks. */
void semio_test_connection_serve (SemioTestServer *server, GSocketConnection *connection);

G_END_DECLS
