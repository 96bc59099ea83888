#include "render/template/targets.h"

#include <math.h>
#include <string.h>

#include "unit/scale.h"

static const char *value_of(const struct pfg_report_target *target,
                            const struct pfg_scale *scale, double value,
                            struct pfg_arena *arena)
{
    char text[PFG_SCALE_TEXT];

    if (target->ratio) {
        return isfinite(value) ? pfg_arena_printf(arena, "%.3f", value)
                               : "\u2013";
    }
    return pfg_arena_strdup(arena, pfg_scale_print(text, value, scale));
}

struct pfg_target_words pfg_words_target(const struct pfg_report_target *target,
                                         struct pfg_arena *arena)
{
    /* In the unit of the limit, "< 5%". */
    const char *unit = !strcmp(target->unit, "1") && strchr(target->limit, '%')
                           ? "%"
                           : target->unit;
    struct pfg_scale scale = pfg_scale_for(unit, &target->current, 1);
    struct pfg_target_words words = {
        .name = target->name,
        .current = value_of(target, &scale, target->current, arena),
        .interval = "",
        .limit = target->limit,
        .status = target->status == PFG_TARGET_MET      ? "met"
                  : target->status == PFG_TARGET_MISSED ? "missed"
                                                        : "no data",
        .sign = target->status == PFG_TARGET_MET ? "\u2713"
                : target->fails                  ? "\u2717"
                                                 : "!",
        .note = target->reason,
    };

    if (isfinite(target->interval.lower) && isfinite(target->interval.upper)) {
        words.interval = pfg_arena_printf(
            arena, "[%s, %s]",
            value_of(target, &scale, target->interval.lower, arena),
            value_of(target, &scale, target->interval.upper, arena));
    }
    return words;
}

static void fill_target(const struct pfg_fill *f, struct pfg_template *table,
                        const struct pfg_report_target *target)
{
    struct pfg_template *t = pfg_template_section(table, "TARGET");
    struct pfg_target_words words = pfg_words_target(target, f->arena);

    pfg_fill_set(f, t, "TARGET_CLASS",
                 target->fails                      ? "over-budget"
                 : target->status == PFG_TARGET_MET ? "improved"
                                                    : "slower");
    pfg_fill_set(f, t, "TARGET_SIGN", words.sign);
    pfg_fill_set(f, t, "TARGET_STATUS", words.status);
    pfg_fill_set(f, t, "TARGET_NAME", words.name);
    pfg_fill_set(f, t, "TARGET_CURRENT", words.current);
    pfg_fill_set(f, t, "TARGET_LIMIT", words.limit);
    pfg_fill_set(f, t, "TARGET_SOURCE", target->source);
    pfg_fill_optional(f, t, "TARGET_RANGE", "TARGET_INTERVAL", words.interval);
    pfg_fill_optional(f, t, "TARGET_WHY", "TARGET_REASON", words.note);
}

/* "1 missed, 12 met". Unfolded where a target that is not met has no row. */
static void set_words(const struct pfg_fill *f, struct pfg_template *table,
                      const struct pfg_report_section *section)
{
    static const struct {
        enum pfg_target_status status;
        const char *word;
    } parts[] = {
        {PFG_TARGET_MISSED, "missed"},
        {PFG_TARGET_NO_DATA, "without data"},
        {PFG_TARGET_MET, "met"},
    };
    size_t n[PFG_N_TARGET_STATUSES] = {0};
    bool open = false;
    const char *words = "";

    for (size_t i = 0; i < section->n_targets; i++) {
        const struct pfg_report_target *target = &section->targets[i];

        n[target->status]++;
        open |= target->status != PFG_TARGET_MET && !*target->row;
    }
    for (size_t i = 0; i < PFG_COUNT(parts); i++) {
        if (n[parts[i].status]) {
            words = pfg_arena_printf(f->arena, "%s%s%zu %s", words,
                                     *words ? ", " : "", n[parts[i].status],
                                     parts[i].word);
        }
    }
    pfg_fill_set(f, table, "TARGETS_WORDS", words);
    if (open) {
        pfg_template_show(table, "TARGETS_OPEN");
    }
}

void pfg_fill_targets(const struct pfg_fill *f, struct pfg_template *t,
                      const struct pfg_report_section *section, size_t most)
{
    bool all = section->n_targets <= most;
    struct pfg_template *table;
    size_t shown = 0;

    if (!section->n_targets) {
        return;
    }
    table = pfg_template_section(t, "TARGETS");
    set_words(f, table, section);
    for (size_t i = 0; i < section->n_targets && shown < most; i++) {
        if (all || section->targets[i].status != PFG_TARGET_MET) {
            fill_target(f, table, &section->targets[i]);
            shown++;
        }
    }
    if (shown < section->n_targets) {
        pfg_fill_count(f, pfg_template_section(table, "TARGETS_MORE"),
                       "N_TARGETS_MORE", section->n_targets - shown);
    }
}
