/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a person is asked to choose; decides the filter that is offered. */
typedef enum {
  SEMIO_FILE_CHOICE_STUDY,
  SEMIO_FILE_CHOICE_NEW_STUDY,
  SEMIO_FILE_CHOICE_VIDEOS,
  SEMIO_FILE_CHOICE_FOLDER,
  SEMIO_FILE_CHOICE_TABLE,
  SEMIO_FILE_CHOICE_SETTINGS, /* of a run */
  SEMIO_FILE_CHOICE_NEW_TABLE,
  SEMIO_FILE_CHOICE_NEW_RESULTS, /* a table in any format of a paper */
  SEMIO_FILE_CHOICE_NEW_FIGURE,
  SEMIO_FILE_CHOICE_NEW_SETTINGS,
} SemioFileChoice;

/* files: array of #GFile with at least one; not called when the person thought better of it. */
typedef void (*SemioFilesChosenFunc) (GPtrArray *files, gpointer user_data);

/* Asks for files with the desktop's own chooser. name is the one suggested for a new file, or NULL. user_data must outlive the parent. */
void semio_file_choice_show (GtkWindow *parent, SemioFileChoice choice, const char *title, const char *name,
                             SemioFilesChosenFunc chosen, gpointer user_data);
/* A study's file says by its name what it is: adds ".semio" where a person left it out. */
GFile *semio_file_choice_name_study (GFile *file);

G_END_DECLS
