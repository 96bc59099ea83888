#include "app/commands/init_tools.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "json/json.h"

/* --- details --- */

/* The script of a package.json that runs k6. */
static const char *npm_script(struct pfg_slice text, const char *path,
                              struct pfg_arena *arena)
{
    struct pfg_json_document *document = NULL;
    const char *found = NULL;

    if (pfg_json_parse(&document, text, path, 0, NULL)) {
        return NULL;
    }
    for (const struct pfg_json_value *v =
             pfg_json_first(pfg_json_get(pfg_json_root(document), "scripts"));
         v && !found; v = pfg_json_next(v)) {
        const char *runs = pfg_json_string(v);

        if (runs && strstr(runs, "k6 run") &&
            pfg_init_is_plain(pfg_json_key(v))) {
            found = pfg_arena_strdup(arena, pfg_json_key(v));
        }
    }
    pfg_json_free(document);
    return found;
}

/* "bench/NAME", of a program that CMake links with google-benchmark. */
static const char *cmake_program(struct pfg_slice text, const char *path,
                                 struct pfg_arena *arena)
{
    static const char call[] = "target_link_libraries(";
    const char *folder = pfg_path_folder(arena, path);

    for (;;) {
        size_t at = pfg_slice_find(text, call);
        struct pfg_slice inside, name;

        if (at == text.len) {
            return NULL;
        }
        text = pfg_slice_from(text, at + sizeof call - 1);
        inside = pfg_slice_first(text, pfg_slice_find_byte(text, ')'));
        name = pfg_take_word(&inside);
        if (pfg_slice_has(inside, "benchmark::benchmark") && name.len) {
            const char *program =
                pfg_path_join(arena, folder, pfg_arena_slice(arena, name));

            if (pfg_init_is_plain(program)) {
                return program;
            }
        }
    }
}

/* The file that a script lets hyperfine write. */
static const char *exported_json(struct pfg_slice text, const char *path,
                                 struct pfg_arena *arena)
{
    static const char option[] = "--export-json";
    size_t at = pfg_slice_find(text, option);
    struct pfg_slice word;
    const char *file;

    (void)path;
    if (at == text.len) {
        return NULL;
    }
    text = pfg_slice_from(text, at + sizeof option - 1);
    pfg_take(&text, "=");
    word = pfg_take_word(&text);
    while (word.len && strchr("\"'", word.ptr[0])) {
        word = pfg_slice_from(word, 1);
    }
    while (word.len && strchr("\"'", word.ptr[word.len - 1])) {
        word.len--;
    }
    file = pfg_arena_slice(arena, word);
    return *file && pfg_init_is_plain(file) ? file : NULL;
}

/* --- the tools --- */

#define K6_RULE                                                                \
    "    // requests that fail; judged without a base, too\n"                  \
    "    { \"metric\": \"error rate\", \"budget\": \"< 1%\" }"

const struct pfg_init_tool pfg_init_tools[PFG_N_INIT_TOOLS] = {
    {"go test -bench", "go", "go.mod", "",
     "go test -run xxx -bench . -benchmem -count 1 ./...", "", "", "", false,
     NULL},
    {"criterion", "criterion", "Cargo.toml", "criterion", "cargo bench", "", "",
     "", false, NULL},
    {"k6", "k6", "package.json", "k6 run",
     "npm run --silent %d -- --summary-export=summary.json", "npm ci",
     "summary.json", K6_RULE, true, npm_script},
    {"k6", "k6", ".js|.ts", "from 'k6|from \"k6|require('k6|require(\"k6",
     "k6 run --summary-export summary.json %f", "", "summary.json", K6_RULE,
     true, NULL},
    {"wrk", "wrk", ".lua", "wrk.|done = function|function done",
     "wrk -t2 -c64 -d10s --latency -s %f http://localhost:8080/", "", "", "",
     true, NULL},
    {"pytest-benchmark", "pytest",
     "pyproject.toml|setup.cfg|setup.py|tox.ini|requirements.txt|"
     "requirements-dev.txt|requirements-test.txt|dev-requirements.txt",
     "pytest-benchmark|pytest_benchmark",
     "python3 -m pytest --benchmark-only --benchmark-json=benchmark.json", "",
     "benchmark.json", "", false, NULL},
    {"google-benchmark", "google-benchmark", "CMakeLists.txt",
     "benchmark::benchmark", "./build/%d --benchmark_format=json",
     "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build",
     "", "", false, cmake_program},
    {"hyperfine", "hyperfine", ".sh", "hyperfine ", "sh %f", "", "%d", "",
     false, exported_json},
    {"JMH", "jmh", "pom.xml", "jmh-core",
     "java -jar %ptarget/benchmarks.jar -rf json -rff jmh.json",
     "mvn -q -B -DskipTests -f %f package", "jmh.json", "", false, NULL},
    {"locust", "locust", "locustfile.py", "locust",
     "locust -f %f --headless -u 20 -r 20 -t 30s --host "
     "http://localhost:8080 --csv locust",
     "", "locust_stats.csv", "", true, NULL},
};

bool pfg_init_is_plain(const char *text)
{
    return !text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./:")];
}

bool pfg_init_tool_names(const struct pfg_init_tool *tool, const char *path)
{
    struct pfg_slice rest = pfg_slice_of(tool->files);
    struct pfg_slice name = pfg_slice_of(pfg_path_name(path));

    while (rest.len) {
        struct pfg_slice one = pfg_take_until(&rest, '|');

        if (*one.ptr == '.'
                ? one.len < name.len &&
                      pfg_slice_eq(one,
                                   pfg_slice_from(name, name.len - one.len))
                : pfg_slice_eq(one, name)) {
            return true;
        }
    }
    return false;
}

bool pfg_init_tool_shows(const struct pfg_init_tool *tool,
                         struct pfg_slice text, const char *path,
                         const char **detail, struct pfg_arena *arena)
{
    struct pfg_slice rest = pfg_slice_of(tool->words);
    bool found = !rest.len;

    while (rest.len && !found) {
        found = pfg_slice_has(
            text, pfg_arena_slice(arena, pfg_take_until(&rest, '|')));
    }
    *detail = "";
    if (found && tool->detail) {
        *detail = tool->detail(text, path, arena);
    }
    return found && *detail != NULL;
}

const char *pfg_init_tool_fill(const char *text, const char *path,
                               const char *detail, struct pfg_arena *arena)
{
    const char *folder = pfg_path_folder(arena, path);
    struct pfg_str out;
    const char *filled;

    pfg_str_init(&out, 0);
    for (; *text; text++) {
        if (!strncmp(text, "%f", 2)) {
            pfg_str_puts(&out, path);
            text++;
        } else if (!strncmp(text, "%d", 2)) {
            pfg_str_puts(&out, detail);
            text++;
        } else if (!strncmp(text, "%p", 2)) {
            if (strcmp(folder, ".") != 0) {
                pfg_str_printf(&out, "%s/", folder);
            }
            text++;
        } else {
            pfg_str_putc(&out, *text);
        }
    }
    filled = pfg_arena_slice(arena, pfg_str_slice(&out));
    pfg_str_free(&out);
    return filled;
}
