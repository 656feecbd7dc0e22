/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-finding.h"

static const char *const kind_ids[SEMIO_N_FINDING_KINDS] = {
  "answer", "onset", "report", "side", "event type", "order", "region"
};
static const char *const side_ids[] = { "none", "left", "right", "both" };

void
semio_finding_clear (SemioFinding *finding)
{
  g_clear_pointer (&finding->text, g_free);
}

const char *
semio_finding_kind_to_id (SemioFindingKind kind)
{
  g_return_val_if_fail ((guint) kind < SEMIO_N_FINDING_KINDS, NULL);

  return kind_ids[kind];
}

const char *
semio_side_to_id (SemioSide side)
{
  g_return_val_if_fail ((guint) side < G_N_ELEMENTS (side_ids), NULL);

  return side_ids[side];
}

gboolean
semio_side_from_id (const char *id, SemioSide *side)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (side_ids); i++)
    if (g_str_equal (id, side_ids[i]))
      {
        *side = (SemioSide) i;
        return TRUE;
      }
  return FALSE;
}
