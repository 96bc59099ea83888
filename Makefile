# perfgate. `make help` lists the targets. CFLAGS, CXXFLAGS, LDFLAGS, CC, CXX,
# PREFIX and DESTDIR are yours to set; all output goes to BUILD.
VERSION := 0.1.0
PREFIX  ?= /usr/local
BUILD   ?= build
CFLAGS  ?= -O2 -g
CXXFLAGS ?= $(CFLAGS)
# The folders of src to build. A part can be built and tested alone:
# make BUILD=build/stats PARTS="base stats" UNITS=test_rank unit
PARTS   ?= $(notdir $(patsubst %/,%,$(wildcard src/*/)))
ALL_UNITS := $(shell cd tests/unit && find . -name 'test_*.c' | \
                 sed 's,^\./,,; s,\.c$$,,' | sort)
UNITS   ?= $(ALL_UNITS)

# Debian packages needed to build, test and lint.
PACKAGES := gcc g++ make pkg-config git python3 libcjson-dev libctemplate-dev \
            libgit2-dev libsqlite3-dev zlib1g-dev libzstd-dev libutf8proc-dev \
            libxxhash-dev libexpat1-dev libpcre2-dev libcmocka-dev cppcheck shellcheck \
            dpkg-dev valgrind
PACKAGES_BROWSER := chromium cmark-gfm python3-jsonschema python3-yaml groff \
                    mandoc zsh fish cargo librust-criterion-dev nginx procps prometheus \
                    openssh-server postgresql jq busybox
PACKAGES_BENCH := jq libsimdjson-dev
PACKAGES_CROSS := g++-aarch64-linux-gnu qemu-user-static
BROWSER := build/browser

LIBRARIES := libcjson libctemplate libgit2 sqlite3 zlib libzstd libutf8proc expat \
             libpcre2-8
PACKAGES += curl python3-jsonschema openssl
PACKAGES_BROWSER += pgbouncer
WARNINGS  := -Wall -Wextra -Wmissing-prototypes -Wstrict-prototypes \
             -Wwrite-strings -Wshadow -Wpointer-arith -Wvla \
             -Wno-missing-field-initializers
WARNINGSXX := -Wall -Wextra -Wshadow
ifdef SANITIZE
# With sanitizers gcc warns about vsnprintf(NULL, 0, ...), used to get a length.
WARNINGS  += -Wno-format-truncation
else
# The hardening options that the compiler knows come before CFLAGS and LDFLAGS,
# so yours win; HARDEN= HARDEN_LINK= turns them off. glibc's checks need
# optimisation.
knows = $(shell $(CC) $(1) -Werror -include stdlib.h -x c -c /dev/null \
            -o /dev/null 2>/dev/null && echo '$(1)')
# The compiler is tested only once, and only if something is compiled.
HARDEN = $(eval HARDEN := $(HARDENING))$(HARDEN)
HARDENING = -fPIE $(call knows,-fstack-protector-strong) \
    $(call knows,-fstack-clash-protection) $(call knows,-fcf-protection) \
    $(if $(filter-out -O0,$(filter -O%,$(CFLAGS))),$(if $(findstring \
    _FORTIFY_SOURCE,$(CFLAGS) $(CPPFLAGS)),,-U_FORTIFY_SOURCE \
    $(firstword $(filter -D%,$(call knows,-O2 -D_FORTIFY_SOURCE=3)) \
    -D_FORTIFY_SOURCE=2)))
HARDEN_LINK := -pie -Wl,-z,relro,-z,now
endif
ifdef WERROR
WARNINGS  += -Werror
WARNINGSXX += -Werror
endif

PKG_FLAGS = $(shell pkg-config --cflags $(LIBRARIES) libxxhash)
# libgit2 is loaded at run time, see src/vcs/libgit2.c. libsupc++ is a part of
# libstdc++, whose shared library does not export the demangler with a callback
# that src/stacks/demangle.c needs.
PKG_LIBS  = $(shell pkg-config --libs $(filter-out libgit2,$(LIBRARIES))) -lm -ldl \
            -lsupc++
# libstdc++ and ctemplate are linked statically if there are archives of them:
# loading them takes longer than comparing two small files.
archive   = $(filter /%,$(shell $(CXX) -print-file-name=lib$(1).a))
ARCHIVES  = $(if $(SANITIZE),,$(and $(call archive,ctemplate),$(call \
                archive,stdc++),-l:libctemplate.a -static-libstdc++ -static-libgcc))
DEFINES   := -D_GNU_SOURCE -DPFG_VERSION='"$(VERSION)"' -Isrc $(SANITIZE)
COMPILE_C   = $(CC) -std=c11 $(DEFINES) $(PKG_FLAGS) $(WARNINGS) $(HARDEN) \
              $(CFLAGS) $(CPPFLAGS) -MMD -MP -c
COMPILE_CXX = $(CXX) -std=c++17 $(DEFINES) $(PKG_FLAGS) $(WARNINGSXX) \
              $(HARDEN) $(CXXFLAGS) $(CPPFLAGS) -MMD -MP -c
# What libgit2 shall call instead of mbedTLS, see src/vcs/libgit2.c.
INSTEAD     = -Wl,--export-dynamic-symbol=mbedtls_x509_crt_parse_file
LINK        = $(CXX) $(SANITIZE) $(HARDEN_LINK) $(INSTEAD) $(CXXFLAGS) $(LDFLAGS)

MAIN      := main malloc# of the program alone
SOURCES   := $(filter-out $(MAIN:%=src/cli/%.c), \
               $(sort $(shell find $(PARTS:%=src/%) -name '*.c')))
SOURCESXX := $(shell find $(PARTS:%=src/%) -name '*.cc')
OBJECTS   := $(SOURCES:src/%.c=$(BUILD)/obj/%.o) \
             $(SOURCESXX:src/%.cc=$(BUILD)/obj/%.o)
TEMPLATES := $(sort $(wildcard templates/*.html templates/*.md \
               templates/*.css templates/*.js templates/*.svg))
ifneq ($(filter render,$(PARTS)),)
OBJECTS   += $(BUILD)/obj/templates.o
endif
LIBRARY   := $(BUILD)/libperfgate.a
UNIT_TESTS := $(foreach unit,$(UNITS),$(or $(patsubst %,$(BUILD)/tests/%,\
                $(filter $(unit) %/$(unit),$(ALL_UNITS))), \
                $(error no unit test is called '$(unit)')))

ifndef V
Q = @
say = @printf '  %-8s%s\n' "$(1)" "$(2)";
endif

all: $(BUILD)/perfgate compile_commands.json ## build perfgate

$(BUILD)/perfgate: $(MAIN:%=$(BUILD)/obj/cli/%.o) $(LIBRARY)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(patsubst -lctemplate,$(or $(ARCHIVES),-lctemplate),$(PKG_LIBS))

$(LIBRARY): $(OBJECTS)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/obj/%.o: src/%.c Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(COMPILE_C) -o $@ $<

$(BUILD)/obj/%.o: src/%.cc Makefile
	$(call say,CXX,$<)
	$(Q)mkdir -p $(@D) && $(COMPILE_CXX) -o $@ $<

# The templates are embedded in the program as C strings.
$(BUILD)/templates.c: $(TEMPLATES) scripts/embed Makefile
	$(call say,EMBED,$@)
	$(Q)mkdir -p $(@D) && sh scripts/embed $(TEMPLATES) > $@

$(BUILD)/obj/templates.o: $(BUILD)/templates.c
	$(Q)mkdir -p $(@D) && $(COMPILE_C) -o $@ $<

$(BUILD)/tests/%: tests/unit/%.c tests/unit/check.h $(LIBRARY) Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(COMPILE_C) -MT $@ -Itests/unit -o $@.o $<
	$(Q)$(LINK) -o $@ $@.o $(LIBRARY) $(PKG_LIBS) -lcmocka

# The time of a folder changes when files are added or removed.
compile_commands.json: Makefile $(shell find $(PARTS:%=src/%) -type d)
	$(Q)sh scripts/compile-commands '$(CC) -std=c11 $(DEFINES) $(PKG_FLAGS)' \
	    $(SOURCES) $(MAIN:%=src/cli/%.c) > $@

deps: ## install what building and testing need (Debian, Ubuntu)
	$(Q)sh scripts/deps $(PACKAGES)

deps-browser: ## install what some tests need besides, and else skip
	$(Q)sh scripts/deps $(PACKAGES_BROWSER) \
	    $$(command -v npm >/dev/null || echo npm)
	$(Q)sh tests/run-browser --install $(BROWSER)

deps-bench: ## install the peers of `make bench`
	$(Q)sh scripts/deps $(PACKAGES_BENCH)

deps-cross: ## install what `make cross-test` needs
	$(Q)sh scripts/deps $(PACKAGES_CROSS)

deps-cache: ## install ccache; CC="ccache gcc" CXX="ccache g++" uses it
	$(Q)sh scripts/deps ccache

# Only what building needs, for users who build perfgate themselves.
deps-build: ## install what building alone needs
	$(Q)sh scripts/deps $(filter-out python3 cppcheck shellcheck dpkg-dev \
	    valgrind libcmocka-dev openssl,$(filter-out python3-%,$(PACKAGES)))

# `make deps test` installs first, even with -j.
ifneq ($(filter deps,$(MAKECMDGOALS)),)
$(OBJECTS) $(UNIT_TESTS) $(MAIN:%=$(BUILD)/obj/cli/%.o): | deps
endif

unit: $(UNIT_TESTS) ## run the unit tests
	$(Q)sh tests/run-units $(UNIT_TESTS)

test: $(BUILD)/perfgate $(UNIT_TESTS) $(BUILD)/bench/verdict $(BUILD)/bench/trend $(BUILD)/inject.so ## run all tests: "N passed, N failed"
	$(Q)BROWSER=$(BROWSER) BENCH=$(BUILD)/bench \
	    INJECT=$(BUILD)/inject.so sh tests/run-all $(BUILD)/perfgate $(UNIT_TESTS)

# Except tests that check files and pages, simulate CI or run simulations for
# minutes, and those that mostly wait for a compiler.
sanitize: ## the same tests under the address and undefined sanitizers
	$(Q)SKIP_PARTS="browser workflows action verdict" \
	    EXCLUDE=policy/init-criterion \
	    LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 \
	    $(MAKE) BUILD=$(BUILD)/sanitize CFLAGS="-O1 -g" SANITIZE="-fsanitize=address,undefined \
	    -fno-sanitize-recover=all -fno-omit-frame-pointer -DPFG_ARENA_DEBUG" test

# Turned off: null checks of pointers that are always set together; the advice
# to use readdir_r, which glibc deprecates; NULL as a variadic argument, which
# POSIX defines as a pointer.
CPPCHECK_OFF := nullPointerRedundantCheck readdirCalled varFuncNullUB
SCRIPTS = $(shell grep -lIrE --exclude=cmd '^\#!/bin/(ba)?sh' .ci ci examples scripts tests)
lint: ## check floors, circles, headers, templates, C and shell
	$(call say,LINT,floors circles headers templates)
	$(Q)sh scripts/check-floors
	$(Q)python3 scripts/check-circles
	$(Q)CC='$(CC)' sh scripts/check-headers $(PKG_FLAGS)
	$(Q)sh scripts/lint-templates
	$(Q)sh scripts/check-grafana
	$(call say,LINT,cppcheck)
	$(Q)cppcheck -q -j2 --std=c11 --enable=warning,performance,portability \
	    --library=posix --inline-suppr --error-exitcode=1 -Isrc -D_GNU_SOURCE \
	    -DPFG_VERSION='"$(VERSION)"' $(CPPCHECK_OFF:%=--suppress=%) src
	$(call say,LINT,shellcheck)
	$(Q)shellcheck $(SCRIPTS)

demo: $(BUILD)/perfgate ## run perfgate over the examples, in two commits
	$(Q)sh scripts/demo $(BUILD)/perfgate $(BUILD)/demo

# BENCH_SCALE=0.1 does a tenth of the work. If simdjson is installed, a reader
# built on it is one of the peers. If `make static` has run, its program is
# measured, too.
bench: $(BUILD)/perfgate ## how fast perfgate is itself, beside its peers
	$(Q)! pkg-config --exists simdjson || $(MAKE) -s $(BUILD)/bench/k6_simdjson
	$(Q)STATIC=$(wildcard $(STATIC_PROGRAM)) \
	    python3 tests/bench/$(if $(QUICK),self,speed) $(BUILD)/perfgate \
	    $(if $(QUICK),,$$(ls $(BUILD)/bench/k6_simdjson 2>/dev/null))

$(BUILD)/bench/k6_simdjson: tests/bench/k6_simdjson.cc Makefile
	$(call say,CXX,$<)
	$(Q)mkdir -p $(@D) && $(CXX) -std=c++17 $(WARNINGSXX) $(CXXFLAGS) -o $@ \
	    $< $$(pkg-config --cflags --libs simdjson)

.PHONY: bench-programs
bench-programs: $(BUILD)/perfgate ## a program of 1 ms, beside hyperfine
	$(Q)python3 tests/bench/programs $(BUILD)/perfgate

self-gate: $(BUILD)/perfgate ## this commit against its parent, by perfgate
	$(Q)bash scripts/self-gate $(BUILD)/perfgate $(BUILD)/self

# The bench of verdicts: false alarms and power over simulated suites. Exits 1
# if a target is missed. QUICK=1: some seconds; REGIME=bursts: only that one.
VERDICT_BENCH := noise regime plain cell changed looks verdict

$(BUILD)/bench/%.o: tests/bench/%.c Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(COMPILE_C) -Itests/unit -o $@ $<

$(BUILD)/bench/verdict: $(VERDICT_BENCH:%=$(BUILD)/bench/%.o) $(LIBRARY)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(PKG_LIBS)

TREND_BENCH := peers trend

$(BUILD)/bench/trend: $(TREND_BENCH:%=$(BUILD)/bench/%.o) $(LIBRARY)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(PKG_LIBS)

bench-trend: $(BUILD)/bench/trend ## steps and drifts found, simulated
	$(Q)$<

bench-verdict: $(BUILD)/bench/verdict ## false alarms and power, simulated
	$(Q)$< $(REGIME)

# Takes ten minutes on an otherwise idle machine. PROFILE=perf or callgrind.
bench-why: $(BUILD)/perfgate ## planted regressions, and whether --profile names them
	$(Q)python3 tests/bench/why/bench $< -- --profile=$(or $(PROFILE),perf)

# Makes the calls of a command fail one by one; `make test` tries some of them.
$(BUILD)/inject.so: tests/faults/inject.c Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(WARNINGS) -Wno-missing-prototypes \
	    $(if $(SANITIZE),-DSANITIZED) -shared -fPIC -O1 -g -o $@ $< -ldl

faults: $(BUILD)/perfgate $(BUILD)/inject.so ## every call of every command fails; takes long
	$(Q)python3 tests/run-faults $(BUILD)/perfgate $(BUILD)/inject.so --all

REPLAY := $(BUILD)/tests/app/test_fuzz_replay
attacks: $(BUILD)/perfgate $(BUILD)/inject.so $(REPLAY) ## a table of attacks and what failed
	$(Q)sh tests/run-attacks $(BUILD)/perfgate $(BUILD)/inject.so $(REPLAY)

SECONDS ?= 60
fuzz: ## fuzz each way in, SECONDS (60) each; needs clang's libFuzzer
	$(Q)sh scripts/fuzz $(BUILD)/fuzz $(SECONDS)

# perfgate generates its manual page and completions from its own tables. The
# date of the page is SOURCE_DATE_EPOCH, which a release sets.
$(BUILD)/share/perfgate.1: $(BUILD)/perfgate
	$(Q)mkdir -p $(@D)
	$(Q)PERFGATE_NOW=$(SOURCE_DATE_EPOCH) $< help --man > $@

$(BUILD)/share/completion.%: $(BUILD)/perfgate
	$(Q)mkdir -p $(@D) && $< help --completion $* > $@

SHARE = $(DESTDIR)$(PREFIX)/share
DOC = $(SHARE)/doc/perfgate
MAN = $(SHARE)/man/man1/perfgate.1
COMPLETION_BASH = $(SHARE)/bash-completion/completions/perfgate
ZSH_FUNCTIONS ?= zsh/site-functions
COMPLETION_ZSH = $(SHARE)/$(ZSH_FUNCTIONS)/_perfgate
COMPLETION_FISH = $(SHARE)/fish/vendor_completions.d/perfgate.fish
SHARED = $(addprefix $(BUILD)/share/,perfgate.1 completion.bash completion.zsh \
             completion.fish)
install: $(BUILD)/perfgate $(SHARED) ## install to PREFIX (below DESTDIR)
	install -Dm755 $(BUILD)/perfgate $(DESTDIR)$(PREFIX)/bin/perfgate
	install -d $(SHARE)/perfgate/templates $(DOC)
	install -m644 $(TEMPLATES) $(SHARE)/perfgate/templates
	install -m644 templates/*.schema.json $(SHARE)/perfgate
	install -m644 README.md CHANGELOG.md LICENSE SECURITY.md docs/*.md $(DOC)
	install -Dm644 $(BUILD)/share/perfgate.1 $(MAN)
	install -Dm644 $(BUILD)/share/completion.bash $(COMPLETION_BASH)
	install -Dm644 $(BUILD)/share/completion.zsh $(COMPLETION_ZSH)
	install -Dm644 $(BUILD)/share/completion.fish $(COMPLETION_FISH)

uninstall: ## remove what install installed
	rm -f $(DESTDIR)$(PREFIX)/bin/perfgate $(MAN) $(COMPLETION_BASH) \
	    $(COMPLETION_ZSH) $(COMPLETION_FISH)
	rm -rf $(SHARE)/perfgate $(DOC)

clean: ## remove everything made
	rm -rf $(BUILD) compile_commands.json

include release.mk

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' Makefile release.mk | expand -t 18

-include $(OBJECTS:.o=.d) $(MAIN:%=$(BUILD)/obj/cli/%.d)
-include $(UNIT_TESTS:%=%.d) \
    $(VERDICT_BENCH:%=$(BUILD)/bench/%.d) $(TREND_BENCH:%=$(BUILD)/bench/%.d)

.DELETE_ON_ERROR:
.PHONY: all deps deps-browser deps-bench deps-cross deps-cache deps-build unit test sanitize lint demo bench \
        bench-trend bench-verdict bench-why self-gate faults attacks fuzz install uninstall clean \
        help
