/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives up what reading media does not need: the network, starting programs, tracing others, dumping memory, and
 * memory without end. What the system does not allow to be given up is only logged: it is a second line of defence. */
void semio_sandbox_enter (void);
/* For a process that will never play: no sockets of any kind, and files are opened for reading alone. */
void semio_sandbox_narrow (void);
/* For a helper that makes a copy: the file that it was handed may become larger than anything else that it writes. */
void semio_sandbox_allow_large_file (void);

G_END_DECLS
