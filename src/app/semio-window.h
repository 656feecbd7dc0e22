/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-application.h"
#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_WINDOW (semio_window_get_type ())
G_DECLARE_FINAL_TYPE (SemioWindow, semio_window, SEMIO, WINDOW, AdwApplicationWindow)

/**
 * SemioWindow:
 *
 * The window of one study: the welcome page until there is one, then its pages. Closing waits for pending writes.
 */
SemioWindow *semio_window_new (SemioApplication *application);

/* Opens or makes a study here. The window must be empty. Failing says why and shows the welcome page again. */
void semio_window_open (SemioWindow *self, GFile *file);
void semio_window_create (SemioWindow *self, GFile *file);
/* TRUE while no study is open or being opened. */
gboolean semio_window_is_empty (SemioWindow *self);
/* TRUE when the file is open or being opened here. */
gboolean semio_window_shows (SemioWindow *self, GFile *file);
/* (nullable) */
SemioStudy *semio_window_get_study (SemioWindow *self);
GSettings *semio_window_get_settings (SemioWindow *self);

/* Turns to a page, "cases", "review" or "results". */
void semio_window_show_page (SemioWindow *self, const char *name);
const char *semio_window_get_page (SemioWindow *self);
/* Shows a recording on the Review page. */
void semio_window_open_case (SemioWindow *self, gint64 recording_id);
/* Opens the recording at the item, its picture where the first segment begins that speaks for the answer. */
void semio_window_open_item (SemioWindow *window, const SemioItemKey *key);
/* Shows the next item to rate; asks first who rates when that is not known. */
void semio_window_rate_next (SemioWindow *self);
/* Puts the cursor where the page is searched. */
void semio_window_focus_search (SemioWindow *self);
/* Makes a person of the study the one who rates here, and remembers it for the study. */
void semio_window_choose_person (SemioWindow *self, SemioPerson *person);

/* A sentence that needs no answer. */
void semio_window_tell (SemioWindow *self, const char *text);
/* What failed, and the error's own sentence. Cancelling is no failure and is not told. */
void semio_window_tell_error (SemioWindow *self, const char *heading, const GError *error);

G_END_DECLS
