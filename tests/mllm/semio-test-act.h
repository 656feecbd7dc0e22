/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the test server does with a request. Each has a name of its own for command lines: semio_test_act_from_name(). */
typedef enum {
  SEMIO_TEST_GOOD,
  SEMIO_TEST_FENCED, /* the answer inside a code fence */
  SEMIO_TEST_CUT, /* finish_reason "length", JSON cut */
  SEMIO_TEST_HUGE, /* says that 1 GB follows and sends it */
  SEMIO_TEST_ENDLESS, /* chunks without an end */
  SEMIO_TEST_ENDLESS_HEAD, /* header lines without an end */
  SEMIO_TEST_BRACKETS, /* a million of them */
  SEMIO_TEST_NESTED, /* the model writes ten thousand of them around its answer */
  SEMIO_TEST_PAGE, /* 200 with a page of HTML */
  SEMIO_TEST_NOT_JSON,
  SEMIO_TEST_WRONG_SCHEMA,
  SEMIO_TEST_OUTSIDE, /* an answer that is none of those allowed */
  SEMIO_TEST_BAD_UTF8,
  SEMIO_TEST_NUL,
  SEMIO_TEST_BIDI,
  SEMIO_TEST_MARKUP,
  SEMIO_TEST_EMPTY,
  SEMIO_TEST_400,
  SEMIO_TEST_OVERFLOW, /* 400: longer than the context */
  SEMIO_TEST_401,
  SEMIO_TEST_403,
  SEMIO_TEST_404,
  SEMIO_TEST_408,
  SEMIO_TEST_413,
  SEMIO_TEST_429_SECONDS, /* Retry-After: 1 */
  SEMIO_TEST_429_DATE, /* Retry-After: a date two seconds from now */
  SEMIO_TEST_500,
  SEMIO_TEST_503, /* while it loads */
  SEMIO_TEST_STALL_HEAD, /* nothing comes */
  SEMIO_TEST_STALL_BODY, /* half of it comes */
  SEMIO_TEST_RESET, /* the connection is reset */
  SEMIO_TEST_BREAK, /* closed in the middle of the body */
  SEMIO_TEST_REDIRECT, /* 307 to the address set */
  SEMIO_TEST_CHUNKED, /* good, in chunks */
  SEMIO_TEST_N_ACTS,
} SemioTestAct;

const char *semio_test_act_get_name (SemioTestAct act);
gboolean semio_test_act_from_name (const char *name, SemioTestAct *act);

G_END_DECLS
