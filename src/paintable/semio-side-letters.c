/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-side-letters.h"

#include <glib/gi18n-lib.h>

#define MARGIN_PX 12
#define BESIDE_PX (MARGIN_PX + MARGIN_PX / 2)
/* The controls of a player float there. */
#define BOTTOM_PX 56

struct _SemioSideLetters {
  PangoLayout *right, *left; /* the patient's */
};

static PangoLayout *
new_letter (GtkWidget *widget, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

  pango_attr_list_insert (attrs, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attrs, pango_attr_scale_new (1.15));
  pango_layout_set_attributes (layout, attrs);
  return layout;
}

/* On the picture, whatever its colour is there, a shadow keeps the letter readable. */
static void
append_letter (GtkSnapshot *snapshot, PangoLayout *layout, double x, double y, gboolean on_picture)
{
  static const GdkRGBA shadow = { 0, 0, 0, 0.8f };
  GdkRGBA color = { 1, 1, 1, on_picture ? 0.95f : 0.7f };

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  if (on_picture)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (1, 1));
      gtk_snapshot_append_layout (snapshot, layout, &shadow);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-1, -1));
    }
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

/**
 * semio_side_letters_new:
 * @widget: whose font is used
 *
 * Returns: (transfer full): to be dropped when the font changes
 */
SemioSideLetters *
semio_side_letters_new (GtkWidget *widget)
{
  SemioSideLetters *letters = g_new0 (SemioSideLetters, 1);

  /* Translators: the patient's right side, one letter at the edge of the picture. */
  letters->right = new_letter (widget, C_ ("side of the patient", "R"));
  /* Translators: the patient's left side, one letter at the edge of the picture. */
  letters->left = new_letter (widget, C_ ("side of the patient", "L"));
  return letters;
}

/**
 * semio_side_letters_free:
 * @letters: (transfer full): letters
 */
void
semio_side_letters_free (SemioSideLetters *letters)
{
  g_object_unref (letters->right);
  g_object_unref (letters->left);
  g_free (letters);
}

/* Right and left of the picture, beside it where there is room for both. */
static void
append_across (GtkSnapshot *snapshot, PangoLayout *at_begin, PangoLayout *at_end, SemioPictureRect picture, double view_width_px)
{
  double begin = MAX (picture.x, 0), end = MIN (picture.x + picture.width, view_width_px);
  double top = MAX (picture.y, 0) + MARGIN_PX;
  int begin_width, end_width;

  pango_layout_get_pixel_size (at_begin, &begin_width, NULL);
  pango_layout_get_pixel_size (at_end, &end_width, NULL);
  if (begin >= begin_width + 2 * MARGIN_PX && view_width_px - end >= end_width + 2 * MARGIN_PX)
    {
      append_letter (snapshot, at_begin, begin - begin_width - BESIDE_PX, top, FALSE);
      append_letter (snapshot, at_end, end + BESIDE_PX, top, FALSE);
    }
  else
    {
      append_letter (snapshot, at_begin, begin + MARGIN_PX, top, TRUE);
      append_letter (snapshot, at_end, end - end_width - MARGIN_PX, top, TRUE);
    }
}

/* Above and below in a picture that lies on its side; at its left, clear of what floats at the bottom in the middle. */
static void
append_along (GtkSnapshot *snapshot, PangoLayout *at_top, PangoLayout *at_bottom, SemioPictureRect picture, double view_height_px)
{
  double top = MAX (picture.y, 0), bottom = MIN (picture.y + picture.height, view_height_px);
  double begin = MAX (picture.x, 0);
  int width, height;

  pango_layout_get_pixel_size (at_bottom, &width, &height);
  append_letter (snapshot, at_top, begin + MARGIN_PX, top + MARGIN_PX, TRUE);
  append_letter (snapshot, at_bottom, begin + MARGIN_PX, bottom - height - BOTTOM_PX, TRUE);
}

/**
 * semio_side_letters_append:
 * @letters: letters
 * @snapshot: to paint on
 * @picture: where the picture stands; parts of it may lie outside the view
 * @view_width_px: width of the view
 * @view_height_px: height of the view
 * @mirrored: whether the recording is mirrored; else R is on the left, since the patient faces the camera
 * @quarter_turns: how often the picture was turned clockwise for the eye: the letters go with their edges
 */
void
semio_side_letters_append (SemioSideLetters *letters, GtkSnapshot *snapshot, SemioPictureRect picture, double view_width_px,
                           double view_height_px, gboolean mirrored, int quarter_turns)
{
  PangoLayout *left_edge = mirrored ? letters->left : letters->right;
  PangoLayout *right_edge = mirrored ? letters->right : letters->left;

  switch (quarter_turns)
    {
    case 1:
      append_along (snapshot, left_edge, right_edge, picture, view_height_px);
      break;
    case 2:
      append_across (snapshot, right_edge, left_edge, picture, view_width_px);
      break;
    case 3:
      append_along (snapshot, right_edge, left_edge, picture, view_height_px);
      break;
    default:
      append_across (snapshot, left_edge, right_edge, picture, view_width_px);
      break;
    }
}
