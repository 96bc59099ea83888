# Builds a release: the source archive, a static program, a Debian package, and
# their checksums. Included by Makefile.
RELEASE  ?= $(BUILD)/release
DIST     := perfgate-$(VERSION)
MACHINE  := $(shell uname -m)
# Files are dated by the commit, not by the build, as in a source archive.
COMMITTED = $(or $(shell git log -1 --format=%ct 2>/dev/null),$(shell date -r \
    CHANGELOG.md +%s))

dist: ## the committed source as an archive, the same each time
	$(Q)mkdir -p $(RELEASE)
	$(call say,DIST,$(RELEASE)/$(DIST).tar.gz)
	$(Q)git archive --format=tar --prefix=$(DIST)/ HEAD | gzip -n -9 \
	    > $(RELEASE)/$(DIST).tar.gz

# A single file for any Linux of this architecture. Debian has static libraries
# of everything that perfgate uses except cJSON, which is compiled from Debian's
# source, or from CJSON=FILE.
# perfgate only reads local repositories: libgit2's transports, with their TLS,
# SSH, HTTP and Kerberos, are left out, which halves the relocations at each
# start. Calls to them end the program, and their initialisation does nothing,
# like libgit2's part for OpenSSL, which Debian builds without. The streams of
# C++ are made with the first template: see template.cc.
# The linker warns about looking up hosts and users, which perfgate does not do
# either. It leaves out what of the libraries nobody calls.
# 13,000 addresses are relocated at each start. Packed, their list takes 3 KB
# instead of 320. Static programs of glibc 2.36 and later can read it; a linker
# that cannot write it (ld before 2.38) ignores the option.
STATIC := $(BUILD)/static
PACKED = $(shell echo __GLIBC__ __GLIBC_MINOR__ | \
    $(CC) -E -P -include features.h - 2>/dev/null | \
    awk '$$1 == 2 && $$2 >= 36 { print "-Wl,-z,pack-relative-relocs" }')
STATIC_PROGRAM = $(RELEASE)/$(DIST)-linux-$(MACHINE)
TRANSPORTS := git_smart_subtransport_http git_smart_subtransport_ssh \
              git_mbedtls_stream_new git_mbedtls_stream_wrap \
              git_mbedtls__set_cert_location
TRANSPORT_INITS := git_mbedtls_stream_global_init git_transport_ssh_global_init
STATIC_LIBS = $(STATIC)/cjson/cJSON.o -Wl,--start-group \
    $(shell pkg-config --static --libs \
        $(filter-out libcjson,$(LIBRARIES))) \
    -Wl,--end-group -lm

static: $(STATIC)/cjson/cJSON.o ## one file for any Linux
	$(Q)$(MAKE) BUILD=$(STATIC) PKG_LIBS='$(STATIC_LIBS)' ARCHIVES= INSTEAD= \
	    CPPFLAGS='$(CPPFLAGS) -DPFG_STATIC -DPFG_WRAP_MALLOC' \
	    LDFLAGS='$(LDFLAGS) -static-pie -s -Wl,--no-warnings -Wl,--gc-sections \
	    $(PACKED) -Wl,--wrap=_ZNSt8ios_base4InitC1Ev \
	    -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc \
	    $(TRANSPORTS:%=-Wl,--defsym=%=abort) \
	    $(TRANSPORT_INITS:%=-Wl,--defsym=%=git_openssl_stream_global_init)' \
	    $(STATIC)/perfgate
	$(Q)mkdir -p $(RELEASE)
	$(Q)cp $(STATIC)/perfgate $(STATIC_PROGRAM)
	$(Q)sh scripts/licenses $(PKG_CONFIG_SYSROOT_DIR) \
	    > $(STATIC_PROGRAM).licenses

$(STATIC)/cjson/cJSON.o: scripts/cjson
	$(call say,CC,cJSON.c)
	$(Q)sh scripts/cjson $(@D) $(CJSON)
	$(Q)$(CC) $(HARDEN) $(CFLAGS) $(CPPFLAGS) -c -o $@ $(@D)/cJSON.c

# For aarch64 on any other machine, with Debian's cross compiler and packages
# for arm64. A release is built and tested on an aarch64 machine; this finds
# problems earlier, and runs the tests under qemu.
CROSS   := aarch64-linux-gnu
SYSROOT  = $(abspath $(BUILD))/sysroot
CROSSED  = $(BUILD)/cross/release/$(DIST)-linux-aarch64

$(BUILD)/sysroot.done: scripts/sysroot Makefile
	$(call say,UNPACK,$(SYSROOT))
	$(Q)rm -rf $(SYSROOT)
	$(Q)sh scripts/sysroot $(SYSROOT) arm64 $(filter lib%-dev zlib1g-dev,$(PACKAGES))
	$(Q)touch $@

cross: $(BUILD)/sysroot.done ## the static program for aarch64, on any machine
	$(Q)PKG_CONFIG_SYSROOT_DIR=$(SYSROOT) \
	    PKG_CONFIG_LIBDIR=$(SYSROOT)/usr/lib/$(CROSS)/pkgconfig \
	    $(MAKE) static BUILD=$(BUILD)/cross RELEASE=$(dir $(CROSSED)) \
	    MACHINE=aarch64 \
	    CC='$(filter ccache,$(CC)) $(CROSS)-gcc --sysroot=$(SYSROOT)' \
	    CXX='$(filter ccache,$(CXX)) $(CROSS)-g++ --sysroot=$(SYSROOT)'

cross-test: cross $(BUILD)/perfgate ## command-line tests on that, under qemu
	$(Q)printf '#!/bin/sh\nexec %s %s "$$@"\n' \
	    "$$(command -v qemu-aarch64-static)" $(abspath $(CROSSED)) \
	    > $(BUILD)/cross/emulated
	$(Q)chmod +x $(BUILD)/cross/emulated
	$(Q)python3 tests/run-golden $(BUILD)/cross/emulated \
	    $$(sh scripts/linked-cases $(BUILD)/perfgate)

# With the static program (PROGRAM=FILE, its licences beside it) the package is
# for any release of Debian and Ubuntu, which each have their own libgit2.
deb: $(BUILD)/perfgate ## a Debian package
	$(Q)rm -rf $(BUILD)/deb
	$(Q)$(MAKE) -s install DESTDIR=$(BUILD)/deb PREFIX=/usr \
	    ZSH_FUNCTIONS=zsh/vendor-completions \
	    SOURCE_DATE_EPOCH=$(COMMITTED) >/dev/null
ifdef PROGRAM
	$(Q)install -m755 $(PROGRAM) $(BUILD)/deb/usr/bin/perfgate
	$(Q)install -m644 $(PROGRAM).licenses \
	    $(BUILD)/deb/usr/share/doc/perfgate/libraries.copyright
else
	$(Q)sh scripts/licenses \
	    > $(BUILD)/deb/usr/share/doc/perfgate/libraries.copyright
endif
	$(Q)mkdir -p $(RELEASE)
	$(call say,DEB,$(RELEASE))
	$(Q)SOURCE_DATE_EPOCH=$(COMMITTED) sh scripts/deb $(BUILD)/deb $(VERSION) \
	    $(RELEASE)

release: dist static ## all of these, with checksums
	$(Q)$(MAKE) deb PROGRAM=$(STATIC_PROGRAM)
	$(Q)cd $(RELEASE) && rm -f SHA256SUMS && sha256sum -- * > SHA256SUMS
	$(Q)cat $(RELEASE)/SHA256SUMS

dist-test: $(BUILD)/perfgate ## run the command-line tests on what a release has
	$(Q)bash scripts/dist-test $(BUILD) $(VERSION)

.PHONY: dist static cross cross-test deb release dist-test
