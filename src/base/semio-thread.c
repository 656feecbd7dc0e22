/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-thread.h"

#include <sys/resource.h>

#define NICE 10

void
semio_thread_stand_back (void)
{
  /* On Linux 0 is the calling thread. */
  setpriority (PRIO_PROCESS, 0, NICE);
}
