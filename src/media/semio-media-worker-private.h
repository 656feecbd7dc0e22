/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-helper-process.h"
#include "semio-media-worker.h"

G_BEGIN_DECLS

/* What a message was to the request that waits. */
typedef enum {
  SEMIO_MEDIA_ANSWER_OTHER, /* none of its business */
  SEMIO_MEDIA_ANSWER_MORE, /* a part */
  SEMIO_MEDIA_ANSWER_LAST, /* the result stands in the request */
  SEMIO_MEDIA_ANSWER_NONSENSE, /* cannot be true; the error says why */
} SemioMediaAnswer;

typedef struct _SemioMediaRequest SemioMediaRequest;

typedef SemioMediaAnswer (*SemioMediaAnswerFunc) (SemioMediaRequest *request, SemioHelperProcess *process, SemioMessage *message,
                                                  GError **error);

/* One thing asked of a worker. */
struct _SemioMediaRequest {
  GTask *task;
  SemioMessageType type;
  GFile *file;
  char *file_name;
  SemioFrameIndex *index; /* (nullable) goes along with the file */
  GVariant *body; /* (nullable) */
  int out_fd; /* a file to write into, which goes along last; -1 none */
  SemioProgressFunc progress;
  gpointer progress_data;
  SemioMediaAnswerFunc answer;
  gint64 frame; /* that was asked for */
  gpointer data; /* of the answer function */
  GDestroyNotify data_free;
  gpointer result;
  GDestroyNotify result_free;
  GSource *cancel_source;
};

/* Makes a request; whoever makes it sets what else it needs and starts or refuses it. Consumes a floating body. */
SemioMediaRequest *semio_media_request_new (SemioMediaWorker *worker, SemioMessageType type, GFile *file, GVariant *body,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void semio_media_request_start (SemioMediaRequest *request);
/* Takes the error. */
void semio_media_request_refuse (SemioMediaRequest *request, GError *error);

G_END_DECLS
