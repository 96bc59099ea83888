#include "app/commands/init.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "json/json.h"

/* --- details --- */

/* The script in package.json that runs k6. */
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

/* "bench/NAME": a program that CMake links with google-benchmark. */
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

/* The file that a script has hyperfine write. */
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

/* Installs what a requirements file lists, or a project with its dependencies.
 */
static const char *pip_words(struct pfg_slice text, const char *path,
                             struct pfg_arena *arena)
{
    const char *folder = pfg_path_folder(arena, path);

    (void)text;
    if (pfg_slice_ends(pfg_slice_of(path), ".txt")) {
        return pfg_arena_printf(arena, " -r %s", path);
    }
    /* It may hold settings only, and no project. */
    return pfg_slice_has(text, "[project]") ||
                   pfg_slice_has(text, "[tool.poetry]") ||
                   pfg_slice_has(text, "setup(")
               ? pfg_arena_printf(arena, " ./%s",
                                  strcmp(folder, ".") ? folder : "")
               : "";
}

/* --- the tools --- */

#define K6_RULE                                                                \
    "    // failed requests; judged even without a base\n"                     \
    "    { \"benchmark\": \"k6\", \"metric\": \"error rate\", "                \
    "\"budget\": \"< 1%\" }"
#define K6_STEPS                                                               \
    "      - uses: grafana/setup-k6-action@"                                   \
    "db07bd9765aac508ef18982e52ab937fe633a065 # v1.2.1\n"
/* From Grafana's manual. */
#define K6_SHELL                                                               \
    "apt-get update -q\n"                                                      \
    "apt-get install -y -q --no-install-recommends ca-certificates gnupg "     \
    "dirmngr\n"                                                                \
    "gpg --no-default-keyring --keyring /usr/share/keyrings/k6.gpg "           \
    "--keyserver hkp://keyserver.ubuntu.com:80 --recv-keys "                   \
    "C5AD17C747E3415A3642D57D77C6C491D6AC1D69\n"                               \
    "echo 'deb [signed-by=/usr/share/keyrings/k6.gpg] https://dl.k6.io/deb "   \
    "stable main' >/etc/apt/sources.list.d/k6.list\n"                          \
    "apt-get update -q\n"                                                      \
    "apt-get install -y -q k6\n"
#define APT_STEPS(name, packages)                                              \
    "      - name: " name "\n"                                                 \
    "        run: |\n"                                                         \
    "          sudo apt-get update -q\n"                                       \
    "          sudo apt-get install -y -q " packages "\n"
#define APT_SHELL(packages)                                                    \
    "apt-get update -q\n"                                                      \
    "apt-get install -y -q --no-install-recommends " packages "\n"
#define SERVER "first start the server to measure, on port 8080"

const struct pfg_init_tool pfg_init_tools[PFG_N_INIT_TOOLS] = {
    {
        .name = "go test -bench",
        .id = "go",
        .files = "go.mod",
        .command = "go test -run xxx -bench . -benchmem -count 1 ./...",
        .steps = "      - uses: actions/setup-go@"
                 "b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0\n"
                 "        with:\n"
                 "          go-version-file: %f\n",
        .image = "golang:bookworm",
    },
    {
        .name = "criterion",
        .id = "criterion",
        .files = "Cargo.toml",
        .words = "criterion",
        .command = "cargo bench",
        .image = "rust:bookworm",
    },
    {
        .name = "k6",
        .id = "k6",
        .files = "package.json",
        .words = "k6 run",
        .command = "npm run --silent %d -- --summary-export=summary.json",
        .prepare = "npm ci",
        .results = "summary.json",
        .rule = K6_RULE,
        .server = SERVER,
        .steps = K6_STEPS,
        .image = "node:bookworm",
        .shell = K6_SHELL,
        .detail = npm_script,
    },
    {
        .name = "k6",
        .id = "k6",
        .files = ".js|.ts",
        .words = "from 'k6|from \"k6|require('k6|require(\"k6",
        .command = "k6 run --summary-export summary.json %f",
        .results = "summary.json",
        .rule = K6_RULE,
        .server = SERVER,
        .steps = K6_STEPS,
        .image = "debian:12",
        .shell = K6_SHELL,
    },
    {
        .name = "wrk",
        .id = "wrk",
        .files = ".lua",
        .words = "wrk.|done = function|function done",
        .command = "wrk -t2 -c64 -d10s --latency -s %f http://localhost:8080/",
        .server = SERVER,
        .steps = APT_STEPS("wrk", "wrk"),
        .image = "debian:12",
        .shell = APT_SHELL("wrk"),
    },
    {
        /* A virtual environment in each work tree: a shared one would contain
         * whichever version was installed last. */
        .name = "pytest-benchmark",
        .id = "pytest",
        .files =
            "pyproject.toml|setup.cfg|setup.py|tox.ini|requirements.txt|"
            "requirements-dev.txt|requirements-test.txt|dev-requirements.txt",
        .words = "pytest-benchmark|pytest_benchmark",
        .command = ".venv/bin/python -m pytest --benchmark-only "
                   "--benchmark-json=benchmark.json",
        .prepare = "python3 -m venv .venv && .venv/bin/python -m pip install "
                   "-q pytest pytest-benchmark%d",
        .results = "benchmark.json",
        .image = "python:3-bookworm",
        .detail = pip_words,
    },
    {
        .name = "google-benchmark",
        .id = "google-benchmark",
        .files = "CMakeLists.txt",
        .words = "benchmark::benchmark",
        .command = "./build/%d --benchmark_format=json",
        .prepare = "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake "
                   "--build build",
        .steps = APT_STEPS("google-benchmark", "cmake g++ libbenchmark-dev"),
        .image = "debian:12",
        .shell = APT_SHELL("cmake g++ make libbenchmark-dev"),
        .detail = cmake_program,
    },
    {
        .name = "hyperfine",
        .id = "hyperfine",
        .files = ".sh",
        .words = "hyperfine ",
        .command = "sh %f",
        .results = "%d",
        .steps = APT_STEPS("hyperfine", "hyperfine"),
        .image = "debian:12",
        .shell = APT_SHELL("hyperfine"),
        .detail = exported_json,
    },
    {
        .name = "JMH",
        .id = "jmh",
        .files = "pom.xml",
        .words = "jmh-core",
        .command = "java -jar %ptarget/benchmarks.jar -rf json -rff jmh.json",
        .prepare = "mvn -q -B -DskipTests -f %f package",
        .results = "jmh.json",
        .image = "maven:3-eclipse-temurin-21",
    },
    {
        .name = "locust",
        .id = "locust",
        .files = "locustfile.py",
        .words = "locust",
        .command = "locust -f %f --headless -u 20 -r 20 -t 30s --host "
                   "http://localhost:8080 --csv locust",
        .results = "locust_stats.csv",
        .server = SERVER,
        .steps = "      - name: locust\n"
                 "        run: |\n"
                 "          python3 -m venv \"$RUNNER_TEMP/locust\"\n"
                 "          \"$RUNNER_TEMP/locust/bin/pip\" install -q locust\n"
                 "          echo \"$RUNNER_TEMP/locust/bin\" "
                 ">>\"$GITHUB_PATH\"\n",
        .image = "python:3-bookworm",
        .shell = "pip install -q locust\n",
    },
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
    struct pfg_slice rest = pfg_slice_of(tool->words ? tool->words : "");
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
    struct pfg_str out = pfg_str_in(arena);

    for (; text && *text; text++) {
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
    return out.ptr;
}
