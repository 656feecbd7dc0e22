/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-table-label.h"

#define GAP_PX 18
/* Bold letters are wider than those that are measured, by one part in so many. */
#define BOLDER 10

GtkWidget *
semio_table_label_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

/* How wide a column is, and whether its cells are numbers. */
static int
measure_column (PangoLayout *layout, const SemioTextTable *table, guint column, gboolean *is_number)
{
  int widest = 0;
  int width = 0;

  *is_number = FALSE;
  pango_layout_set_text (layout, semio_text_table_get_head (table, column), -1);
  pango_layout_get_pixel_size (layout, &widest, NULL);
  widest += widest / BOLDER;
  for (guint row = 0; row < semio_text_table_get_n_rows (table); row++)
    {
      gboolean number = FALSE;
      gboolean bold = FALSE;

      pango_layout_set_text (layout, semio_text_table_get_cell (table, row, column, &number, &bold), -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, bold ? width + width / BOLDER : width);
      *is_number |= number;
    }
  return widest;
}

static PangoTabArray *
make_tabs (GtkLabel *label, const SemioTextTable *table)
{
  guint n = semio_text_table_get_n_columns (table);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (label), NULL);
  PangoTabArray *tabs = pango_tab_array_new ((int) MAX (n, 2) - 1, TRUE);
  int x = 0;

  for (guint column = 0; column < n; column++)
    {
      gboolean is_number = FALSE;
      int width = measure_column (layout, table, column, &is_number);

      if (column > 0)
        pango_tab_array_set_tab (tabs, (int) column - 1, is_number ? PANGO_TAB_RIGHT : PANGO_TAB_LEFT, is_number ? x + width : x);
      x += width + GAP_PX;
    }
  return tabs;
}

static void
add_weight (PangoAttrList *attributes, gsize begin, gsize end)
{
  PangoAttribute *weight = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  weight->start_index = (guint) begin;
  weight->end_index = (guint) end;
  pango_attr_list_insert (attributes, weight);
}

void
semio_table_label_set_table (GtkLabel *label, const SemioTextTable *table)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoTabArray *tabs = make_tabs (label, table);
  guint n = semio_text_table_get_n_columns (table);

  for (guint column = 0; column < n; column++)
    g_string_append_printf (text, "%s%s", column > 0 ? "\t" : "", semio_text_table_get_head (table, column));
  add_weight (attributes, 0, text->len);
  for (guint row = 0; row < semio_text_table_get_n_rows (table); row++)
    for (guint column = 0; column < n; column++)
      {
        gboolean bold = FALSE;
        const char *cell = semio_text_table_get_cell (table, row, column, NULL, &bold);

        g_string_append_c (text, column > 0 ? '\t' : '\n');
        if (bold)
          add_weight (attributes, text->len, text->len + strlen (cell));
        g_string_append (text, cell);
      }
  gtk_label_set_tabs (label, tabs);
  gtk_label_set_attributes (label, attributes);
  gtk_label_set_text (label, text->str);
  pango_tab_array_free (tabs);
}

void
semio_table_copy (GtkWidget *widget, const SemioTextTable *table)
{
  g_autoptr (GBytes) text = semio_text_table_write (table, SEMIO_TABLE_TSV);
  g_autoptr (GBytes) html = semio_text_table_write (table, SEMIO_TABLE_HTML);
  g_autofree char *words = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  GdkContentProvider *providers[] = { gdk_content_provider_new_for_bytes ("text/html", html),
                                      gdk_content_provider_new_typed (G_TYPE_STRING, words) };
  g_autoptr (GdkContentProvider) both = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));

  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), both);
}
