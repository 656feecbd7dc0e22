/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-seeds.h"

gulong
semio_seed_for_block (guint64 seed, guint block)
{
  guint64 z = seed + (guint64) (block + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  /* The generators take 32 bits. */
  return (gulong) ((z ^ (z >> 31)) & 0xffffffff);
}
