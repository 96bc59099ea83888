#include <stdlib.h>

#include "compare/sides/pool.h"

/* A process on the common time line of both sides. */
struct mark {
    long round;
    pfg_time time;
    bool head;
};

static bool usable(const struct pfg_piece *piece)
{
    const double *values;

    return pfg_piece_values(&values, piece) > 0;
}

static size_t put_marks(struct mark *out, const struct pfg_pooled *side,
                        bool head)
{
    const struct pfg_pooled_plain *plain = &side->plain;
    size_t n = 0;

    for (size_t i = 0; i < side->processes.n; i++) {
        const struct pfg_pooled_process *process;

        if (plain->run) { /* need not be unpacked for this */
            const struct pfg_process *of =
                &plain->run->processes
                     .at[pfg_plain_process(plain->series->plain, i)];

            out[n++] = (struct mark){of->round, of->time, head};
            continue;
        }
        process = &side->processes.at[i];
        if (usable(process->piece)) {
            out[n++] = (struct mark){process->round, process->time, head};
        }
    }
    return n;
}

static int by_round(const void *a, const void *b)
{
    const struct mark *left = a, *right = b;

    return (left->round > right->round) - (left->round < right->round);
}

/* Sorts by round; most files are in that order. */
static void sort_rounds(struct mark *marks, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (marks[i].round < marks[i - 1].round) {
            qsort(marks, n, sizeof *marks, by_round);
            return;
        }
    }
}

static int by_time(const void *a, const void *b)
{
    const struct mark *left = a, *right = b;

    return (left->time > right->time) - (left->time < right->time);
}

/* Every round holds one process of each side. */
static bool rounds_pair_up(struct mark *base, size_t n_base, struct mark *head,
                           size_t n_head)
{
    if (n_base != n_head) {
        return false;
    }
    sort_rounds(base, n_base);
    sort_rounds(head, n_head);
    for (size_t i = 0; i < n_base; i++) {
        if (base[i].round == 0 || base[i].round != head[i].round ||
            (i >= 1 && base[i].round == base[i - 1].round)) {
            return false;
        }
    }
    return true;
}

/* There are never more than two of one side in a row: base and head alternate,
 * or the order is ABBA. */
static bool times_interleave(struct mark *marks, size_t n)
{
    qsort(marks, n, sizeof *marks, by_time);
    for (size_t i = 0; i < n; i++) {
        if (marks[i].time == 0 ||
            (i >= 1 && marks[i].time == marks[i - 1].time) ||
            (i >= 2 && marks[i].head == marks[i - 1].head &&
             marks[i].head == marks[i - 2].head)) {
            return false;
        }
    }
    return true;
}

/* The processes of a side have round markers or times. */
static bool is_marked(const struct pfg_pooled *side)
{
    const struct pfg_pooled_process *first = side->processes.at;
    const struct pfg_process *process;

    if (side->plain.run) {
        process =
            &side->plain.run->processes.at[side->plain.series->plain->process];
        return process->round || process->time;
    }
    while (!usable(first->piece)) {
        first++;
    }
    return first->round || first->time;
}

bool pfg_pool_alternates(const struct pfg_pooled *base,
                         const struct pfg_pooled *head, struct pfg_arena *arena)
{
    struct mark *marks;
    size_t n_base, n_head;

    if (base->n_used < 3 || head->n_used < 3 || !is_marked(base)) {
        return false;
    }
    marks =
        pfg_arena_new_array(arena, struct mark, base->n_used + head->n_used);
    n_base = put_marks(marks, base, false);
    n_head = put_marks(marks + n_base, head, true);
    return rounds_pair_up(marks, n_base, marks + n_base, n_head) ||
           times_interleave(marks, n_base + n_head);
}
