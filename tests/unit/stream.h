/*
 * A sink that writes the stream as text, one record a line, for comparison with
 * the .expect files in tests/data.
 *
 *     measurement suite=p bench=BenchmarkX params=cpus=8 metric=time unit=s
 *         better=lower values=[1e-09] written=[1] unit_written=ns/op at=a.txt:5
 *     revision 1a2b3c time=2026-11-21T07:49:48Z subject="a subject"
 *     process round=2 · warning a.txt:7 text · failed a.txt:9 text · fact k=v
 *
 * (A measurement is really a single line.) Unset members are left out. Words
 * with spaces or unusual bytes are quoted.
 */
#ifndef PFG_TESTS_UNIT_STREAM_H
#define PFG_TESTS_UNIT_STREAM_H

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/str.h"
#include "ingest/core/ingest.h"

struct stream {
    struct pfg_str text;
    const char *root; /* removed from the front of file names; NULL: nothing */
    struct pfg_sink sink;
    size_t n_measurements, n_processes, n_warnings, n_failed, n_facts;
};

static inline bool stream_is_plain(unsigned char c)
{
    return c > ' ' && c != 0x7f && c != '"' && c != '\\';
}

static inline void stream_word(struct pfg_str *out, struct pfg_slice word)
{
    bool plain = word.len > 0;

    for (size_t i = 0; i < word.len; i++) {
        plain &= stream_is_plain((unsigned char)word.ptr[i]);
    }
    if (plain) {
        pfg_str_add(out, word);
        return;
    }
    pfg_str_putc(out, '"');
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.ptr[i];

        if (c == ' ' || stream_is_plain(c)) {
            pfg_str_putc(out, (char)c);
        } else {
            pfg_str_printf(out, "\\x%02x", c);
        }
    }
    pfg_str_putc(out, '"');
}

static inline void stream_field(struct pfg_str *out, const char *key,
                                struct pfg_slice value)
{
    pfg_str_printf(out, " %s=", key);
    stream_word(out, value);
}

static inline void stream_number(struct pfg_str *out, const char *key,
                                 double value)
{
    char text[PFG_NUMBER_TEXT];

    if (!isnan(value)) {
        pfg_str_printf(out, " %s=%s", key, pfg_number_shortest(text, value));
    }
}

static inline void stream_place(struct stream *s, struct pfg_pos pos)
{
    const char *file = pos.file ? pos.file : "?";
    size_t cut = s->root ? strlen(s->root) : 0;

    if (cut && !strncmp(file, s->root, cut) && file[cut] == '/') {
        file += cut + 1;
    }
    pfg_str_puts(&s->text, file);
    if (pos.line) {
        pfg_str_printf(&s->text, ":%ld", pos.line);
    }
    if (pos.column) {
        pfg_str_printf(&s->text, ":%ld", pos.column);
    }
}

static inline void stream_params(struct pfg_str *out,
                                 const struct pfg_measurement *m)
{
    for (size_t i = 0; i < m->n_params; i++) {
        pfg_str_puts(out, i ? "," : " params=");
        stream_word(out, m->params[i].key);
        pfg_str_putc(out, '=');
        stream_word(out, m->params[i].value);
    }
}

static inline void stream_values(struct pfg_str *out,
                                 const struct pfg_measurement *m)
{
    size_t n_written = m->n_values ? m->n_values : m->summary ? 1 : 0;
    char text[PFG_NUMBER_TEXT];

    if (m->n_values || !m->summary) {
        pfg_str_puts(out, " values=[");
        for (size_t i = 0; i < m->n_values; i++) {
            pfg_str_printf(out, "%s%s", i ? " " : "",
                           pfg_number_shortest(text, m->values[i]));
        }
        pfg_str_putc(out, ']');
    }
    if (m->written && n_written) {
        pfg_str_puts(out, " written=[");
        for (size_t i = 0; i < n_written; i++) {
            pfg_str_puts(out, i ? " " : "");
            stream_word(out, m->written[i]);
        }
        pfg_str_putc(out, ']');
    }
    if (m->written_unit.len) {
        stream_field(out, "unit_written", m->written_unit);
    }
}

static inline void stream_summary(struct pfg_str *out,
                                  const struct pfg_summary *summary)
{
    stream_number(out, "value", summary->value);
    stream_number(out, "lower", summary->lower);
    stream_number(out, "upper", summary->upper);
    stream_number(out, "level", summary->level);
    stream_number(out, "stderr", summary->error);
    stream_number(out, "stddev", summary->stddev);
    stream_number(out, "min", summary->min);
    stream_number(out, "max", summary->max);
    stream_number(out, "count", summary->count);
    stream_number(out, "resolution", summary->resolution);
}

static inline void stream_on_measurement(void *self,
                                         const struct pfg_measurement *m)
{
    struct stream *s = self;

    s->n_measurements++;
    pfg_str_puts(&s->text, "measurement");
    stream_field(&s->text, "suite", m->suite);
    stream_field(&s->text, "bench", m->benchmark);
    stream_params(&s->text, m);
    stream_field(&s->text, "metric", m->metric);
    stream_field(&s->text, "unit", m->unit);
    pfg_str_printf(&s->text, " better=%s", pfg_direction_name(m->better));
    stream_values(&s->text, m);
    if (m->summary) {
        stream_summary(&s->text, m->summary);
    }
    if (m->trials > 0) {
        stream_number(&s->text, "events", m->events);
        stream_number(&s->text, "trials", m->trials);
    }
    if (m->exact) {
        pfg_str_puts(&s->text, " exact");
    }
    if (m->derived) {
        pfg_str_puts(&s->text, " derived");
    }
    if (m->error.len) {
        stream_field(&s->text, "error", m->error);
    }
    if (m->budget.len) {
        stream_field(&s->text, "budget", m->budget);
        pfg_str_puts(&s->text, m->budget_crossed ? " crossed" : "");
    }
    pfg_str_puts(&s->text, " at=");
    stream_place(s, m->pos);
    pfg_str_putc(&s->text, '\n');
}

static inline void stream_on_process(void *self,
                                     const struct pfg_process_start *start)
{
    struct stream *s = self;
    char text[PFG_TIME_TEXT];

    s->n_processes++;
    pfg_str_printf(&s->text, "process round=%ld", start->round);
    if (start->time) {
        pfg_str_printf(&s->text, " time=%s", pfg_time_iso(text, start->time));
    }
    pfg_str_putc(&s->text, '\n');
}

static inline void stream_message(struct stream *s, const char *kind,
                                  struct pfg_pos pos, const char *message)
{
    pfg_str_printf(&s->text, "%s ", kind);
    stream_place(s, pos);
    pfg_str_printf(&s->text, " %s\n", message);
}

static inline void stream_on_warning(void *self, struct pfg_pos pos,
                                     const char *message)
{
    struct stream *s = self;

    s->n_warnings++;
    stream_message(s, "warning", pos, message);
}

static inline void stream_on_failed(void *self, struct pfg_pos pos,
                                    const char *message)
{
    struct stream *s = self;

    s->n_failed++;
    stream_message(s, "failed", pos, message);
}

static inline void stream_on_fact(void *self, struct pfg_slice key,
                                  struct pfg_slice value)
{
    struct stream *s = self;

    s->n_facts++;
    pfg_str_puts(&s->text, "fact ");
    stream_word(&s->text, key);
    pfg_str_putc(&s->text, '=');
    stream_word(&s->text, value);
    pfg_str_putc(&s->text, '\n');
}

static inline void stream_on_revision(void *self,
                                      const struct pfg_revision_start *start)
{
    struct stream *s = self;
    char text[PFG_TIME_TEXT];

    pfg_str_puts(&s->text, "revision ");
    stream_word(&s->text, start->id);
    if (start->time) {
        pfg_str_printf(&s->text, " time=%s", pfg_time_iso(text, start->time));
    }
    if (start->subject.len) {
        stream_field(&s->text, "subject", start->subject);
    }
    pfg_str_putc(&s->text, '\n');
}

/* `s` must not move: the sink points to it. */
static inline void stream_begin(struct stream *s, const char *root)
{
    *s = (struct stream){.root = root};
    pfg_str_init(&s->text, 0);
    s->sink = (struct pfg_sink){
        .self = s,
        .measurement = stream_on_measurement,
        .process = stream_on_process,
        .warning = stream_on_warning,
        .failed = stream_on_failed,
        .fact = stream_on_fact,
        .revision = stream_on_revision,
    };
}

static inline void stream_end(struct stream *s)
{
    pfg_str_free(&s->text);
}

/* Appends the result as the last lines. */
static inline void stream_result(struct stream *s, int status,
                                 const struct pfg_ingest_result *result,
                                 const struct pfg_error *err)
{
    struct pfg_pos pos = {
        .file = err->file, .line = err->line, .column = err->column};

    if (!status) {
        pfg_str_printf(&s->text, "result tools=%s lines=%zu files=%zu\n",
                       result->tools, result->n_lines, result->n_files);
        return;
    }
    pfg_str_printf(&s->text, "error %d ", (int)err->code);
    if (*err->file) {
        stream_place(s, pos);
        pfg_str_putc(&s->text, ' ');
    }
    pfg_str_printf(&s->text, "%s\n", err->message);
    if (*err->hint) {
        pfg_str_printf(&s->text, "hint %s\n", err->hint);
    }
}

/* Reads `text` as input from memory called `name`. s->text gets the stream,
 * then the result. This begins `s`, and the caller ends it. */
static inline int stream_read(struct stream *s, struct pfg_slice text,
                              const char *name,
                              const struct pfg_ingest_options *options)
{
    struct pfg_ingest_result result = {0};
    struct pfg_error err = {0};
    struct pfg_input *input;
    int status;

    stream_begin(s, NULL);
    if (pfg_input_open_memory(&input, text, name, &err)) {
        stream_result(s, -1, &result, &err);
        return -1;
    }
    status = pfg_ingest_input(&result, input, options, &s->sink, &err);
    stream_result(s, status, &result, &err);
    pfg_input_close(input);
    return status;
}

#endif
