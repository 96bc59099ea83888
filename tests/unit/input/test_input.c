#include "input/input.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/hash.h"
#include "check.h"

static struct pfg_input *of_memory(struct pfg_slice bytes)
{
    struct pfg_input *input = NULL;

    assert_int_equal(pfg_input_open_memory(&input, bytes, "x.txt", NULL), 0);
    return input;
}

/* The lines, each followed by '|' ('!' if it was cut off), then the message of
 * the error that ended them, if any. */
static char *lines_of(struct pfg_input *input)
{
    struct pfg_error err = {0};
    struct pfg_line line;
    struct pfg_str out;
    long number = 0;
    int got;

    pfg_str_init(&out, 0);
    while ((got = pfg_input_next_line(input, &line, &err)) == 1) {
        assert_int_equal(line.number, ++number);
        pfg_str_add(&out, line.text);
        pfg_str_putc(&out, line.cut ? '!' : '|');
    }
    if (got < 0) {
        struct pfg_error again = {0};

        assert_int_equal(err.code, PFG_DATA);
        pfg_str_puts(&out, err.message);
        assert_int_equal(pfg_input_next_line(input, &line, &again), -1);
        assert_string_equal(again.message, err.message);
    } else {
        assert_int_equal(pfg_input_next_line(input, &line, &err), 0);
    }
    pfg_input_close(input);
    return out.ptr;
}

static void check_lines(struct pfg_slice bytes, const char *expected)
{
    char *got = lines_of(of_memory(bytes));

    assert_string_equal(got, expected);
    free(got);
}

static void lines_end_at_newlines_and_at_the_end(void **state)
{
    static const struct {
        const char *text, *lines;
    } cases[] = {
        {"", ""},
        {"\n", "|"},
        {"a", "a|"},
        {"a\n", "a|"},
        {"a\nb", "a|b|"},
        {"a\n\nb\n", "a||b|"},
        {"a\r\nb\r\n", "a|b|"},
        {"a\r\r\nb\r", "a|b|"},
        {"\xef\xbb\xbf"
         "a\nb",
         "a|b|"},
        {"\xef\xbb\xbf", ""},
        {"\xef\xbb", "\xef\xbb|"},
        {"a\n\xef\xbb\xbf"
         "b\n",
         "a|b|"},
        {"\x1f", "\x1f|"},
        {"\x1f\x8b", "\x1f\x8b|"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        check_lines(pfg_slice_of(cases[i].text), cases[i].lines);
    }
}

static void a_nul_byte_is_a_byte_of_its_line(void **state)
{
    struct pfg_input *input = of_memory(PFG_LIT("a\0b\nc"));
    struct pfg_line line;
    (void)state;

    assert_int_equal(pfg_input_next_line(input, &line, NULL), 1);
    assert_int_equal(line.text.len, 3);
    assert_memory_equal(line.text.ptr, "a\0b", 3);
    pfg_input_close(input);
}

static void utf_16_becomes_utf_8(void **state)
{
    static const struct {
        struct pfg_slice bytes;
        const char *lines;
    } cases[] = {
        {{"\xff\xfe"
          "a\0\n\0b\0",
          8},
         "a|b|"},
        {{"\xfe\xff"
          "\0a\0\r\0\n\0b",
          10},
         "a|b|"},
        {{"\xff\xfe\xb5\0s\0\xac\x20", 8}, "\xc2\xb5s\xe2\x82\xac|"},
        {{"\xff\xfe\x3d\xd8\x00\xde", 6}, "\xf0\x9f\x98\x80|"},
        {{"\xfe\xff\xd8\x3d\xde\x00", 6}, "\xf0\x9f\x98\x80|"},
        {{"\xff\xfe\x3d\xd8"
          "a\0",
          6},
         "\xef\xbf\xbd"
         "a|"},
        {{"\xff\xfe\x00\xde"
          "a\0",
          6},
         "\xef\xbf\xbd"
         "a|"},
        {{"\xff\xfe"
          "a\0\x3d\xd8",
          6},
         "a\xef\xbf\xbd|"},
        {{"\xff\xfe"
          "a\0\x3d\xd8\x00",
          7},
         "a\xef\xbf\xbd\xef\xbf\xbd|"},
        {{"\xff\xfe"
          "a\0b",
          5},
         "a\xef\xbf\xbd|"},
        {{"\xff\xfe", 2}, ""},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        check_lines(cases[i].bytes, cases[i].lines);
    }
}

static void utf_16_pairs_survive_the_seams_of_buffers(void **state)
{
    struct pfg_str text, expected, got;
    struct pfg_input *input;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_init(&expected, 0);
    pfg_str_init(&got, 0);
    pfg_str_add(&text, PFG_LIT("\xff\xfe"
                               "x\0"));
    pfg_str_puts(&expected, "x");
    for (int i = 0; i < 100000; i++) {
        pfg_str_add(&text, PFG_LIT("\x3d\xd8\x00\xde"));
        pfg_str_puts(&expected, "\xf0\x9f\x98\x80");
    }
    input = of_memory(pfg_str_slice(&text));
    assert_int_equal(pfg_input_read_all(input, &got, PFG_DOCUMENT_MAX, NULL),
                     0);
    assert_true(pfg_slice_eq(pfg_str_slice(&got), pfg_str_slice(&expected)));
    pfg_input_close(input);
    pfg_str_free(&got);
    pfg_str_free(&expected);
    pfg_str_free(&text);
}

static void add_gzip(struct pfg_str *out, struct pfg_slice text)
{
    z_stream z = {0};
    size_t cap = text.len + 1000;
    char *packed = malloc(cap);

    assert_int_equal(
        deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (unsigned char *)text.ptr;
    z.avail_in = (uInt)text.len;
    z.next_out = (unsigned char *)packed;
    z.avail_out = (uInt)cap;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    pfg_str_add(out, pfg_slice_make(packed, cap - z.avail_out));
    deflateEnd(&z);
    free(packed);
}

static void add_zstd(struct pfg_str *out, struct pfg_slice text)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    size_t cap = ZSTD_compressBound(text.len);
    char *packed = malloc(cap);
    size_t len;

    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    len = ZSTD_compress2(context, packed, cap, text.ptr, text.len);
    assert_false(ZSTD_isError(len));
    pfg_str_add(out, pfg_slice_make(packed, len));
    free(packed);
    ZSTD_freeCCtx(context);
}

static void (*const packers[])(struct pfg_str *, struct pfg_slice) = {add_gzip,
                                                                      add_zstd};

static void containers_of_several_parts_are_unpacked(void **state)
{
    (void)state;

    for (size_t i = 0; i < 2; i++) {
        struct pfg_str packed;

        pfg_str_init(&packed, 0);
        packers[i](&packed, PFG_LIT("\xef\xbb\xbf"
                                    "a\nb"));
        packers[i](&packed, PFG_LIT("c\n"));
        packers[i](&packed, PFG_LIT(""));
        packers[i](&packed, PFG_LIT("d"));
        check_lines(pfg_str_slice(&packed), "a|bc|d|");
        pfg_str_clear(&packed);
        packers[i](&packed, PFG_LIT("\xff\xfe"
                                    "a\0\n\0"));
        check_lines(pfg_str_slice(&packed), "a|");
        pfg_str_clear(&packed);
        packers[i](&packed, PFG_LIT(""));
        check_lines(pfg_str_slice(&packed), "");
        pfg_str_free(&packed);
    }
}

static void zeroes_behind_gzip_are_padding_and_other_bytes_are_not(void **state)
{
    struct pfg_str packed;
    (void)state;

    pfg_str_init(&packed, 0);
    add_gzip(&packed, PFG_LIT("a\n"));
    pfg_str_add(&packed, PFG_LIT("\0\0\0"));
    check_lines(pfg_str_slice(&packed), "a|");
    pfg_str_puts(&packed, "junk");
    check_lines(pfg_str_slice(&packed),
                "a|'x.txt' contains corrupt gzip data: incorrect header check");
    pfg_str_free(&packed);
}

static void skippable_zstd_frames_are_skipped(void **state)
{
    struct pfg_str packed;
    (void)state;

    pfg_str_init(&packed, 0);
    pfg_str_add(&packed, PFG_LIT("\x50\x2a\x4d\x18\x04\0\0\0abcd"));
    add_zstd(&packed, PFG_LIT("a\n"));
    check_lines(pfg_str_slice(&packed), "a|");
    pfg_str_free(&packed);
}

static void a_truncated_container_gives_what_it_has_and_then_says_so(
    void **state)
{
    static const char *const messages[] = {
        "'x.txt' is truncated: its gzip data is incomplete",
        "'x.txt' is truncated: its zstd data is incomplete",
    };
    struct pfg_str text;
    uint64_t seed = 1;
    (void)state;

    pfg_str_init(&text, 0);
    for (int i = 0; i < 100000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        pfg_str_printf(&text, "line %d %llx\n", i, (unsigned long long)seed);
    }
    for (size_t i = 0; i < 2; i++) {
        struct pfg_error err = {0};
        struct pfg_input *input;
        struct pfg_str packed, got;
        struct pfg_slice head;

        pfg_str_init(&packed, 0);
        pfg_str_init(&got, 0);
        packers[i](&packed, pfg_str_slice(&text));
        packed.len = packed.len / 3 * 2;
        input = of_memory(pfg_str_slice(&packed));
        assert_int_equal(pfg_input_peek(input, &head, &err), 0);
        assert_int_equal(head.len, PFG_PEEK_MAX);
        assert_int_equal(
            pfg_input_read_all(input, &got, PFG_DOCUMENT_MAX, &err), -1);
        assert_string_equal(err.message, messages[i]);
        assert_true(err.hint[0]);
        assert_int_equal(err.code, PFG_DATA);
        assert_true(got.len > text.len / 2 && got.len < text.len);
        assert_memory_equal(got.ptr, text.ptr, got.len);
        pfg_input_close(input);
        pfg_str_free(&got);
        pfg_str_free(&packed);
    }
    pfg_str_free(&text);
}

static void half_a_line_of_a_truncated_input_is_dropped(void **state)
{
    struct pfg_str packed;
    (void)state;

    pfg_str_init(&packed, 0);
    add_gzip(&packed, PFG_LIT("a\nBenchmark 1234"));
    packed.len -= 4; /* bytes of the checksum and length at the end */
    check_lines(pfg_str_slice(&packed),
                "a|'x.txt' is truncated: its gzip data is incomplete");
    packed.len = 5;
    check_lines(pfg_str_slice(&packed),
                "'x.txt' is truncated: its gzip data is incomplete");
    pfg_str_free(&packed);
}

static void every_damaged_byte_of_a_container_is_noticed(void **state)
{
    /* After the magic number and, for gzip, the fields that nothing checks. */
    static const size_t first[] = {10, 4};
    (void)state;

    for (size_t i = 0; i < 2; i++) {
        struct pfg_str packed;

        pfg_str_init(&packed, 0);
        packers[i](&packed, PFG_LIT("some text to be packed, some text\n"));
        for (size_t at = first[i]; at < packed.len; at++) {
            char *got;

            packed.ptr[at] ^= 0x55;
            got = lines_of(of_memory(pfg_str_slice(&packed)));
            packed.ptr[at] ^= 0x55;
            if (!strstr(got, "'x.txt' contains corrupt") &&
                !strstr(got, "'x.txt' is truncated")) {
                print_error("byte %zu of %zu: %s\n", at, packed.len, got);
                fail();
            }
            free(got);
        }
        pfg_str_free(&packed);
    }
}

static void a_line_without_end_is_cut_and_the_next_is_whole(void **state)
{
    static const size_t lengths[] = {PFG_LINE_MAX - 1, PFG_LINE_MAX,
                                     PFG_LINE_MAX + 1, PFG_LINE_MAX + 70000,
                                     (size_t)20 << 20};
    (void)state;

    for (size_t i = 0; i < 2 * PFG_COUNT(lengths); i++) {
        size_t len = lengths[i / 2];
        struct pfg_input *input;
        struct pfg_line line;
        struct pfg_slice head;
        struct pfg_str text;

        pfg_str_init(&text, 0);
        pfg_str_repeat(&text, "x", len);
        pfg_str_puts(&text, i % 2 ? "" : "\nnext\n");
        input = of_memory(pfg_str_slice(&text));
        assert_int_equal(pfg_input_next_line(input, &line, NULL), 1);
        assert_int_equal(line.text.len,
                         len < PFG_LINE_MAX ? len : PFG_LINE_MAX);
        assert_int_equal(line.cut, len > PFG_LINE_MAX);
        if (i % 2 == 0) {
            assert_int_equal(pfg_input_peek(input, &head, NULL), 0);
            assert_slice(head, "next\n");
            assert_int_equal(pfg_input_next_line(input, &line, NULL), 1);
            assert_slice(line.text, "next");
            assert_int_equal(line.number, 2);
            assert_false(line.cut);
        }
        assert_int_equal(pfg_input_next_line(input, &line, NULL), 0);
        pfg_input_close(input);
        pfg_str_free(&text);
    }
}

static void lines_of_all_lengths_come_back_whole(void **state)
{
    struct pfg_str text;
    struct pfg_input *input;
    struct pfg_line line;
    (void)state;

    pfg_str_init(&text, 0);
    for (int i = 0; i < 1000; i++) {
        pfg_str_repeat(&text, "y", (size_t)i * 7919 % 100003);
        pfg_str_puts(&text, "\n");
    }
    input = of_memory(pfg_str_slice(&text));
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(pfg_input_next_line(input, &line, NULL), 1);
        assert_int_equal(line.text.len, (size_t)i * 7919 % 100003);
        assert_true(!line.text.len || line.text.ptr[line.text.len - 1] == 'y');
        assert_false(line.cut);
    }
    assert_int_equal(pfg_input_next_line(input, &line, NULL), 0);
    pfg_input_close(input);
    pfg_str_free(&text);
}

static void a_peek_takes_nothing(void **state)
{
    struct pfg_input *input = of_memory(PFG_LIT("\xef\xbb\xbf"
                                                "a\nb\n"));
    struct pfg_slice head;
    struct pfg_line line;
    (void)state;

    assert_int_equal(pfg_input_peek(input, &head, NULL), 0);
    assert_slice(head, "a\nb\n");
    assert_int_equal(pfg_input_next_line(input, &line, NULL), 1);
    assert_slice(line.text, "a");
    assert_int_equal(pfg_input_peek(input, &head, NULL), 0);
    assert_slice(head, "b\n");
    assert_int_equal(pfg_input_next_line(input, &line, NULL), 1);
    assert_int_equal(line.number, 2);
    assert_int_equal(pfg_input_peek(input, &head, NULL), 0);
    assert_int_equal(head.len, 0);
    pfg_input_close(input);
}

static void a_document_above_its_cap_is_refused(void **state)
{
    struct pfg_error err = {0};
    struct pfg_str zeroes, packed, out;
    struct pfg_input *input;
    (void)state;

    pfg_str_init(&out, 0);
    input = of_memory(PFG_LIT("12345"));
    assert_int_equal(pfg_input_read_all(input, &out, 5, &err), 0);
    assert_string_equal(out.ptr, "12345");
    pfg_input_close(input);
    input = of_memory(PFG_LIT("12345"));
    assert_int_equal(pfg_input_read_all(input, &out, 4, &err), -1);
    assert_string_equal(err.message, "'x.txt' is larger than 4 bytes");
    pfg_input_close(input);

    /* A few kilobytes that would unpack to 64 MB. */
    pfg_str_init(&zeroes, 0);
    pfg_str_repeat(&zeroes, "0123456789abcdef", 65536 * 64);
    pfg_str_init(&packed, 0);
    add_zstd(&packed, pfg_str_slice(&zeroes));
    pfg_str_free(&zeroes);
    input = of_memory(pfg_str_slice(&packed));
    pfg_str_clear(&out);
    assert_int_equal(pfg_input_read_all(input, &out, 2 << 20, &err), -1);
    assert_string_equal(err.message, "'x.txt' is larger than 2 MB");
    assert_true(out.len <= 2 << 20);
    pfg_input_close(input);
    pfg_str_free(&packed);
    pfg_str_free(&out);
}

static void the_digest_is_that_of_the_raw_bytes(void **state)
{
    (void)state;

    for (size_t i = 0; i < 3; i++) {
        struct pfg_digest *digest = pfg_digest_new();
        char expected[PFG_DIGEST_HEX], got[PFG_DIGEST_HEX];
        struct pfg_input *input;
        struct pfg_str packed;
        struct pfg_line line;

        pfg_str_init(&packed, 0);
        if (i < 2) {
            packers[i](&packed, PFG_LIT("a\nb\n"));
        } else {
            pfg_str_puts(&packed, "\xef\xbb\xbf"
                                  "a\nb\n");
        }
        pfg_digest_add(digest, pfg_str_slice(&packed));
        pfg_digest_hex(digest, expected);
        input = of_memory(pfg_str_slice(&packed));
        while (pfg_input_next_line(input, &line, NULL) > 0) {
        }
        pfg_input_digest(input, got);
        assert_string_equal(got, expected);
        pfg_input_close(input);
        pfg_digest_free(digest);
        pfg_str_free(&packed);
    }
}

static void what_cannot_be_read_is_said(void **state)
{
    struct pfg_input *input;
    struct pfg_error err = {0};
    int fd = open("/", O_RDONLY);
    (void)state;

    assert_int_equal(pfg_input_open(&input, "/nowhere/x", &err), -1);
    assert_null(input);
    assert_int_equal(err.code, PFG_DATA);
    assert_string_equal(err.message,
                        "cannot read '/nowhere/x': No such file or directory");
    assert_int_equal(pfg_input_open(&input, "/", &err), -1);
    assert_string_equal(err.message, "cannot read '/': Is a directory");
    assert_int_equal(pfg_input_open_fd(&input, fd, "stdin", &err), -1);
    assert_string_equal(err.message, "cannot read 'stdin': Is a directory");
    close(fd);
    assert_int_equal(pfg_input_open_fd(&input, fd, "stdin", &err), -1);
    assert_string_equal(err.message,
                        "cannot read 'stdin': Bad file descriptor");
    assert_int_equal(pfg_input_open_fd(&input, -1, "stdin", &err), -1);
    assert_string_equal(err.message,
                        "cannot read 'stdin': Bad file descriptor");
    pfg_input_close(NULL);
}

struct feed {
    int fd;
    struct pfg_slice bytes;
};

static void *feed_slowly(void *self)
{
    struct feed *feed = self;

    for (size_t i = 0; i < feed->bytes.len; i++) {
        if (write(feed->fd, feed->bytes.ptr + i, 1) != 1) {
            break;
        }
    }
    close(feed->fd);
    return NULL;
}

static void a_pipe_may_bring_one_byte_at_a_time(void **state)
{
    struct pfg_str bytes[3];
    (void)state;

    for (size_t i = 0; i < 3; i++) {
        struct pfg_input *input;
        struct feed feed;
        pthread_t thread;
        int ends[2];
        char *got;

        pfg_str_init(&bytes[i], 0);
        if (i < 2) {
            packers[i](&bytes[i], PFG_LIT("\xff\xfe"
                                          "a\0\n\0b\0"));
        } else {
            pfg_str_add(&bytes[i], PFG_LIT("\xff\xfe"
                                           "a\0\n\0b\0"));
        }
        assert_int_equal(pipe(ends), 0);
        feed = (struct feed){ends[1], pfg_str_slice(&bytes[i])};
        assert_int_equal(pthread_create(&thread, NULL, feed_slowly, &feed), 0);
        assert_int_equal(pfg_input_open_fd(&input, ends[0], "stdin", NULL), 0);
        assert_string_equal(pfg_input_name(input), "stdin");
        got = lines_of(input);
        assert_string_equal(got, "a|b|");
        pthread_join(thread, NULL);
        assert_int_equal(close(ends[0]), 0); /* still open: it is ours */
        free(got);
        pfg_str_free(&bytes[i]);
    }
}

static void what_terminals_and_ci_add_is_taken_off(void **state)
{
    static const struct {
        const char *raw, *text;
        pfg_time time;
    } cases[] = {
        {"plain", "plain", 0},
        {"", "", 0},
        {"\r", "", 0},
        {"a\r\r", "a", 0},
        {"10%\r50%\r100%", "100%", 0},
        {"10%\r50%\r", "50%", 0},
        {"Benchmarking x\r\x1b[Kx    time:   [1 2 3]", "x    time:   [1 2 3]",
         0},
        {"Benchmarking x\r\x1b[K", "", 0},
        {"Benchmarking x\r\x1b[2K\r", "", 0},
        {"\x1b[31mred\r\x1b[0m", "red", 0},
        {"\x1b[1m\x1b[32mok\x1b[0m \x1b[38;5;12mx\x1b[m", "ok x", 0},
        {"a\x1b]8;;http://x\x1b\\link\x1b]8;;\ab", "alinkb", 0},
        {"a\x1b(Bb", "ab", 0},
        {"a\x1b=b", "ab", 0},
        {"a\x1b", "a", 0},
        {"a\x1b[", "a", 0},
        {"a\x1b[31", "a", 0},
        {"a\x1b]open", "aopen", 0},
        {"a\x1b\x1b[1mb", "ab", 0},
        {"a\x1b\xc2\xb5", "a\xc2\xb5", 0},
        {"2024-05-01T12:00:00.1234567Z BenchmarkX 1", "BenchmarkX 1",
         1714564800123456700},
        {"2024-05-01T12:00:00Z  x", " x", 1714564800 * PFG_SECOND},
        {"2024-05-01T12:00:00.123456789Z x", "x", 1714564800123456789},
        {"2024-05-01T12:00:00.1234567Z ", "", 1714564800123456700},
        {"\xef\xbb\xbf"
         "2024-05-01T12:00:00.1234567Z x",
         "x", 1714564800123456700},
        {"2024-05-01T12:00:00.1234567Z \x1b[36;1mx\x1b[0m\r", "x",
         1714564800123456700},
        {"2024-05-01T12:00:00.1234567Z Benchmarking\r\x1b[Kx", "x",
         1714564800123456700},
        {"2024-05-01T12:00:00.1234567Z", "2024-05-01T12:00:00.1234567Z", 0},
        {"2024-05-01T12:00:00+02:00 x", "x", 1714557600 * PFG_SECOND},
        {"job\tStep one\t2024-05-01T12:00:00.1Z BenchmarkX\t1\t1 ns/op",
         "BenchmarkX\t1\t1 ns/op", 1714564800100000000},
        {"job\tUNKNOWN STEP\t\xef\xbb\xbf"
         "2024-05-01T12:00:00.1Z x",
         "x", 1714564800100000000},
        {"BenchmarkX\t1\t1 ns/op", "BenchmarkX\t1\t1 ns/op", 0},
        {"2024-05-01T12:00:00.123456Z 00O x", "x", 1714564800123456000},
        {"2024-05-01T12:00:00.123456Z 01E+\x1b[1mx\x1b[m", "x",
         1714564800123456000},
        {"[2024-05-01T12:00:00.123Z]   Latency", "  Latency",
         1714564800123000000},
        {"[2024-05-01 12:00:00] x", "x", 1714564800 * PFG_SECOND},
        {"[12:00:00] x", "x", 0},
        {"12:00:00 x", "x", 0},
        {"12:00:00.250  x", "x", 0},
        {"12:00:00     Latency", "    Latency", 0},
        {"12:00 x", "12:00 x", 0},
        {"[pod/bench-7/main] x", "x", 0},
        {"[pod/bench-7/main] 2024-05-01T12:00:00Z x", "x",
         1714564800 * PFG_SECOND},
        {"[u8; 32] sum", "[u8; 32] sum", 0},
        {"[1234567890] x", "[1234567890] x", 0},
        {"[CI/bench]   | x", "x", 0},
        {"bench-1  | x", "x", 0},
        {"bench  |   Latency", "  Latency", 0},
        {"bench  |", "", 0},
        {"\x1b[36mbench-1  |\x1b[0m x", "x", 0},
        {"db_1 | x", "x", 0},
        {"bench.1.abc@node    | x", "x", 0},
        {"parse | streaming", "parse | streaming", 0},
        {"job\tstep\t2024-05-01T12:00:00Z bench-1  | 12:00:00 x", "x",
         1714564800 * PFG_SECOND},
        {"2024-99-01T12:00:00.1234567Z x", "2024-99-01T12:00:00.1234567Z x", 0},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        size_t len = strlen(cases[i].raw);
        char *bytes = malloc(len + 1); /* exact size, for the sanitizers */
        struct pfg_line line = {.text = {bytes, len}};

        memcpy(bytes, cases[i].raw, len);
        pfg_line_clean(&line);
        assert_slice(line.text, cases[i].text);
        assert_true(line.time == cases[i].time);
        free(bytes);
    }
}

static void cleaning_any_bytes_never_makes_them_more(void **state)
{
    static const char likely[] = "\x1b\x1b[]\\KmJ0;\r\aPX()ab T:-Z2\xef\xbb";
    uint64_t seed = 88172645463325252;
    (void)state;

    for (int round = 0; round < 20000; round++) {
        size_t len = (size_t)round % 40;
        char *bytes = malloc(len ? len : 1);
        struct pfg_line line = {.text = {bytes, len}};

        for (size_t i = 0; i < len; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            bytes[i] = likely[seed % (sizeof likely - 1)];
        }
        pfg_line_clean(&line);
        assert_true(line.text.len <= len);
        assert_true(!line.text.len ||
                    !memchr(line.text.ptr, '\x1b', line.text.len));
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_at_newlines_and_at_the_end),
        cmocka_unit_test(a_nul_byte_is_a_byte_of_its_line),
        cmocka_unit_test(utf_16_becomes_utf_8),
        cmocka_unit_test(utf_16_pairs_survive_the_seams_of_buffers),
        cmocka_unit_test(containers_of_several_parts_are_unpacked),
        cmocka_unit_test(
            zeroes_behind_gzip_are_padding_and_other_bytes_are_not),
        cmocka_unit_test(skippable_zstd_frames_are_skipped),
        cmocka_unit_test(
            a_truncated_container_gives_what_it_has_and_then_says_so),
        cmocka_unit_test(half_a_line_of_a_truncated_input_is_dropped),
        cmocka_unit_test(every_damaged_byte_of_a_container_is_noticed),
        cmocka_unit_test(a_line_without_end_is_cut_and_the_next_is_whole),
        cmocka_unit_test(lines_of_all_lengths_come_back_whole),
        cmocka_unit_test(a_peek_takes_nothing),
        cmocka_unit_test(a_document_above_its_cap_is_refused),
        cmocka_unit_test(the_digest_is_that_of_the_raw_bytes),
        cmocka_unit_test(what_cannot_be_read_is_said),
        cmocka_unit_test(a_pipe_may_bring_one_byte_at_a_time),
        cmocka_unit_test(what_terminals_and_ci_add_is_taken_off),
        cmocka_unit_test(cleaning_any_bytes_never_makes_them_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
