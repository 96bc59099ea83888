# perfgate. `make help` lists the targets. CFLAGS, CXXFLAGS, LDFLAGS, CC, CXX,
# PREFIX and DESTDIR are yours; BUILD is where everything made goes.
VERSION := 0.1.0
PREFIX  ?= /usr/local
BUILD   ?= build
CFLAGS  ?= -O2 -g
CXXFLAGS ?= $(CFLAGS)
# The folders of src to build, lowest floor first. A part can be built and
# tested alone: make BUILD=build/stats PARTS="base stats" UNITS=test_rank unit
PARTS   ?= $(shell sed '/^\#/d' src/floors)
UNITS   ?= $(notdir $(basename $(wildcard tests/unit/test_*.c)))

LIBRARIES := libcjson libctemplate libgit2 sqlite3 zlib libzstd libutf8proc
WARNINGS  := -Wall -Wextra -Wmissing-prototypes -Wstrict-prototypes \
             -Wwrite-strings -Wshadow -Wpointer-arith -Wvla
WARNINGSXX := -Wall -Wextra -Wshadow
ifdef WERROR
WARNINGS  += -Werror
WARNINGSXX += -Werror
endif

PKG_FLAGS = $(shell pkg-config --cflags $(LIBRARIES) libxxhash)
PKG_LIBS  = $(shell pkg-config --libs $(LIBRARIES)) -lm
DEFINES   := -D_GNU_SOURCE -DPFG_VERSION='"$(VERSION)"' -Isrc $(SANITIZE)
COMPILE_C   = $(CC) -std=c11 $(DEFINES) $(PKG_FLAGS) $(WARNINGS) $(CFLAGS) \
              $(CPPFLAGS) -MMD -MP -c
COMPILE_CXX = $(CXX) -std=c++17 $(DEFINES) $(PKG_FLAGS) $(WARNINGSXX) \
              $(CXXFLAGS) $(CPPFLAGS) -MMD -MP -c
LINK        = $(CXX) $(SANITIZE) $(CXXFLAGS) $(LDFLAGS)

SOURCES   := $(filter-out src/cli/main.c,$(wildcard $(PARTS:%=src/%/*.c)))
SOURCESXX := $(wildcard $(PARTS:%=src/%/*.cc))
OBJECTS   := $(SOURCES:src/%.c=$(BUILD)/obj/%.o) \
             $(SOURCESXX:src/%.cc=$(BUILD)/obj/%.o)
TEMPLATES := $(sort $(wildcard templates/*.html templates/*.md \
               templates/*.css templates/*.js templates/*.svg))
ifneq ($(filter render,$(PARTS)),)
OBJECTS   += $(BUILD)/obj/templates.o
endif
LIBRARY   := $(BUILD)/libperfgate.a
UNIT_TESTS := $(UNITS:%=$(BUILD)/tests/%)

ifndef V
Q = @
say = @printf '  %-8s%s\n' "$(1)" "$(2)";
endif

all: $(BUILD)/perfgate compile_commands.json ## build perfgate

$(BUILD)/perfgate: $(BUILD)/obj/cli/main.o $(LIBRARY)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(PKG_LIBS)

$(LIBRARY): $(OBJECTS)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/obj/%.o: src/%.c Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(COMPILE_C) -o $@ $<

$(BUILD)/obj/%.o: src/%.cc Makefile
	$(call say,CXX,$<)
	$(Q)mkdir -p $(@D) && $(COMPILE_CXX) -o $@ $<

# The templates travel inside the binary, as C strings.
$(BUILD)/templates.c: $(TEMPLATES) scripts/embed Makefile
	$(call say,EMBED,$@)
	$(Q)mkdir -p $(@D) && sh scripts/embed $(TEMPLATES) > $@

$(BUILD)/obj/templates.o: $(BUILD)/templates.c
	$(Q)mkdir -p $(@D) && $(COMPILE_C) -o $@ $<

$(BUILD)/tests/%: tests/unit/%.c tests/unit/check.h $(LIBRARY) Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(COMPILE_C) -Itests/unit -o $@.o $<
	$(Q)$(LINK) -o $@ $@.o $(LIBRARY) $(PKG_LIBS) -lcmocka

compile_commands.json: Makefile
	$(Q)sh scripts/compile-commands '$(CC) -std=c11 $(DEFINES) $(PKG_FLAGS)' \
	    $(SOURCES) src/cli/main.c > $@

unit: $(UNIT_TESTS) ## run the unit tests
	$(Q)sh tests/run-units $(UNIT_TESTS)

-include $(OBJECTS:.o=.d) $(BUILD)/obj/cli/main.d
-include $(UNIT_TESTS:%=%.d)

.DELETE_ON_ERROR:
.PHONY: all unit
