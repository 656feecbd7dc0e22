/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEMIO_TYPE_WRAP_LAYOUT (semio_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (SemioWrapLayout, semio_wrap_layout, SEMIO, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
