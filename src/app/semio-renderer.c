/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-renderer.h"

/* Kernel drivers that show pictures but have no unit that draws: OpenGL on them is the processor's work. */
static const char *const display_only_drivers[] = { "vgem",       "vkms", "bochs-drm", "cirrus",
                                                    "qxl",        "ast",  "mgag200",   "simple-framebuffer",
                                                    "hyperv_drm", "udl",  NULL };

static gboolean
node_draws (const char *class_folder, const char *node)
{
  g_autofree char *link = g_build_filename (class_folder, node, "device", "driver", NULL);
  g_autofree char *target = g_file_read_link (link, NULL);
  g_autofree char *driver = NULL;

  /* A node whose driver cannot be told is taken for a real one: drawing with it is right far more often than not. */
  if (target == NULL)
    return TRUE;
  driver = g_path_get_basename (target);
  return !g_strv_contains (display_only_drivers, driver);
}

gboolean
semio_renderer_is_software (const char *device_folder, const char *class_folder)
{
  g_autoptr (GDir) folder = g_dir_open (device_folder, 0, NULL);
  const char *node = NULL;

  if (folder == NULL)
    return TRUE;
  while ((node = g_dir_read_name (folder)) != NULL)
    {
      if (g_str_has_prefix (node, "renderD") && node_draws (class_folder, node))
        return FALSE;
    }
  return TRUE;
}

void
semio_renderer_choose (void)
{
  if (g_getenv ("GSK_RENDERER") == NULL && semio_renderer_is_software ("/dev/dri", "/sys/class/drm"))
    g_setenv ("GSK_RENDERER", "cairo", FALSE);
}
