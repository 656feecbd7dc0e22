/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-dialect.h"

G_BEGIN_DECLS

/* How the model behind the test server behaves. Plain memory. */
typedef struct {
  SemioDialect dialect; /* what it takes; the rest is refused with 400 */
  gboolean refuses_unknown; /* members that the dialect does not have, as hosted services do */
  gboolean is_blind; /* takes pictures, but cannot read a code in them */
  gboolean mixes; /* reads the code of the request before this one */
  gboolean is_fast; /* answers without reading, for measuring */
  gboolean plain_transcripts; /* {"text"} without times */
  const char *model; /* name in the list; NULL: "test-model" */
} SemioTestModelOptions;

typedef struct _SemioTestModel SemioTestModel;

SemioTestModel *semio_test_model_new (void);
void semio_test_model_free (SemioTestModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioTestModel, semio_test_model_free)
/* Not to be changed while requests are under way. */
SemioTestModelOptions *semio_test_model_get_options (SemioTestModel *model);

/* Reads a chat request and answers it: the same answer for the same content, made of the schema that was asked for. status is
 * 200 or a refusal's. question (out, nullable): the last text. The answer's text is in content; body is the whole reply. */
char *semio_test_model_answer (SemioTestModel *model, GBytes *request, guint *status, char **question, char **content);
/* The whole body of a reply with this content. cached -1: not told. */
char *semio_test_model_wrap (const char *content, const char *finish_reason, gint64 prompt, gint64 cached);
char *semio_test_model_list (SemioTestModel *model);
char *semio_test_model_transcribe (SemioTestModel *model, GBytes *request, guint *status);
/* {"error":{…}} */
char *semio_test_model_refusal (const char *message, const char *type);
/* The digits of a picture of semio-synthetic-media.h; NULL when it is none. */
char *semio_test_model_read_picture (const guint8 *png, gsize length);

G_END_DECLS
