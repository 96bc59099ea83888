#include "term/progress.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"

/* Seconds. */
#define QUIET_START 0.5
#define REDRAW      0.1

/* ECMA-48 sequences, and DEC's private mode 7, which wraps long lines. */
#define UP        "\033[%zuA"
#define ERASE     "\r\033[J"
#define CUT_LINES "\033[?7l"
#define WRAP      "\033[?7h"

struct pfg_progress {
    FILE *stream;
    double start, drawn;
    size_t lines; /* on the screen; 0: none */
};

struct pfg_progress *pfg_progress_new(FILE *stream)
{
    const char *term = getenv("TERM");
    struct pfg_progress *progress;

    if (!isatty(fileno(stream)) || !term || !strcmp(term, "dumb")) {
        return NULL;
    }
    progress = pfg_alloc(sizeof *progress);
    *progress =
        (struct pfg_progress){.stream = stream, .start = pfg_clock_seconds()};
    return progress;
}

void pfg_progress_clear(struct pfg_progress *progress)
{
    if (!progress || !progress->lines) {
        return;
    }
    if (progress->lines > 1) {
        fprintf(progress->stream, UP, progress->lines - 1);
    }
    fputs(ERASE, progress->stream);
    fflush(progress->stream);
    progress->lines = 0;
}

void pfg_progress_show(struct pfg_progress *progress, const char *lines)
{
    double now = pfg_clock_seconds();

    if (!progress || now - progress->start < QUIET_START ||
        (progress->lines && now - progress->drawn < REDRAW)) {
        return;
    }
    progress->drawn = now;
    if (progress->lines > 1) {
        fprintf(progress->stream, UP, progress->lines - 1);
    }
    fprintf(progress->stream, ERASE CUT_LINES "%s" WRAP, lines);
    fflush(progress->stream);
    progress->lines = 1;
    for (const char *c = lines; *c; c++) {
        progress->lines += *c == '\n';
    }
}

void pfg_progress_free(struct pfg_progress *progress)
{
    pfg_progress_clear(progress);
    free(progress);
}
