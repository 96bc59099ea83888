#include "exec/count.h"

#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

int pfg_count_open(const struct pfg_count_event *event)
{
    struct perf_event_attr attr = {
        .size = sizeof attr,
        .type = event->type,
        .config = event->config,
        .read_format =
            PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
        .disabled = 1,
        .inherit = 1,
        .enable_on_exec = 1,
        .exclude_kernel = !event->kernel,
        .exclude_hv = 1,
    };

    return (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1,
                        PERF_FLAG_FD_CLOEXEC);
}

int pfg_count_read(struct pfg_count *out, int fd)
{
    return read(fd, out, sizeof *out) == (ssize_t)sizeof *out ? 0 : -1;
}
