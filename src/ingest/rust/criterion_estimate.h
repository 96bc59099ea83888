#ifndef PFG_INGEST_RUST_CRITERION_ESTIMATE_H
#define PFG_INGEST_RUST_CRITERION_ESTIMATE_H

#include "ingest/core/ingest.h"
#include "ingest/core/printed_number.h"

/* A value with its interval: "[2.7546 µs 3.3388 µs 4.1702 µs]". Borrows. */
struct pfg_criterion_estimate {
    struct pfg_printed low, value, high;
    struct pfg_unit unit; /* of the value */
};

/* False if the text is not three values of one base unit in brackets. */
bool pfg_criterion_estimate_read(struct pfg_criterion_estimate *out,
                                 struct pfg_slice text);

/* Sends the time, or other measurement, of the benchmark with this title. */
void pfg_criterion_estimate_send(const struct pfg_criterion_estimate *estimate,
                                 struct pfg_reader *reader, const char *title,
                                 const char *metric, enum pfg_direction better);

/*
 * Sends a throughput. `n_before`: how many the benchmark has had already; a
 * second one counts something else (Throughput::ElementsAndBytes) and gets its
 * own name. So does that of a custom measurement ("instr/elem"), for which
 * higher need not be better.
 */
void pfg_criterion_estimate_send_throughput(
    const struct pfg_criterion_estimate *estimate, struct pfg_reader *reader,
    const char *title, size_t n_before);

#endif
