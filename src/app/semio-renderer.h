/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a machine draws OpenGL in software, told from its device folders ("/dev/dri", "/sys/class/drm"). */
gboolean semio_renderer_is_software (const char *device_folder, const char *class_folder);

/* Picks the cairo renderer where OpenGL is software and the user chose none. To be called before GTK's first surface. */
void semio_renderer_choose (void);

G_END_DECLS
