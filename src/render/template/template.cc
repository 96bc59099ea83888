// The only file that includes ctemplate.

extern "C" {
#include "render/template/template.h"

#include "base/file.h"
#include "render/embedded.h"
#include "render/escape.h"
}

#include <cstring>
#include <exception>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>

using ctemplate::TemplateDictionary;

namespace
{

// What C knows as struct pfg_template is one of these.
TemplateDictionary *dictionary_of(struct pfg_template *t)
{
    return reinterpret_cast<TemplateDictionary *>(t);
}

struct pfg_template *template_of(TemplateDictionary *dictionary)
{
    return reinterpret_cast<struct pfg_template *>(dictionary);
}

// The name of a marker, a literal, as ctemplate wants it for repeated use: it
// hashes a plain string every time, and looks it up in a map of all names under
// a lock.
const ctemplate::StaticTemplateString &marker_of(const char *name)
{
    static std::unordered_map<std::string_view, ctemplate::StaticTemplateString>
        known;
    auto place = known.try_emplace(name);
    ctemplate::StaticTemplateString &marker = place.first->second;

    if (place.second) {
        marker = {{name, std::strlen(name), ctemplate::kIllegalTemplateId}};
        ctemplate::StaticTemplateStringInitializer{&marker};
    }
    return marker;
}

const size_t LARGEST = 4 << 20; // of an overriding template, in bytes
const char PRAGMA[] = "{{%AUTOESCAPE context=\"HTML\"}}";

// Our own escapes: ":x-md", data that may stand anywhere in a line of
// Markdown, ":x-nb", the same and never broken between lines, and ":x-url",
// the address of a link there; ":x-wb", a name that may be broken between
// lines, ":x-name" such a one in HTML.
class Escape : public ctemplate::TemplateModifier
{
  public:
    typedef void function(struct pfg_str *out, struct pfg_slice text);

    explicit Escape(function *what) : escape(what)
    {
    }

  private:
    void Modify(const char *in, size_t len, const ctemplate::PerExpandData *,
                ctemplate::ExpandEmitter *out,
                const std::string &) const override
    {
        struct pfg_str escaped;

        pfg_str_init(&escaped, 0);
        escape(&escaped, pfg_slice_make(in, len));
        out->Emit(escaped.ptr, escaped.len);
        pfg_str_free(&escaped);
    }

    function *escape;
};

// Appends to a string of ours what ctemplate emits.
class Emitter : public ctemplate::ExpandEmitter
{
  public:
    explicit Emitter(struct pfg_str *where) : out(where)
    {
    }
    void Emit(char c) override
    {
        pfg_str_putc(out, c);
    }
    void Emit(const char *text) override
    {
        pfg_str_puts(out, text);
    }
    void Emit(const std::string &text) override
    {
        Emit(text.data(), text.size());
    }
    void Emit(const char *text, size_t len) override
    {
        pfg_str_add(out, pfg_slice_make(text, len));
    }

  private:
    struct pfg_str *out;
};

void register_modifiers()
{
    static const Escape markdown(pfg_escape_markdown), url(pfg_escape_url);
    static const Escape whole(pfg_escape_markdown_whole);
    static const Escape name(pfg_escape_markdown_name);
    static const Escape html_name(pfg_escape_html_name);
    static const bool registered =
        ctemplate::AddModifier("x-md", &markdown) &&
        ctemplate::AddModifier("x-nb", &whole) &&
        ctemplate::AddModifier("x-wb", &name) &&
        ctemplate::AddModifier("x-url", &url) &&
        ctemplate::AddXssSafeModifier("x-name", &html_name);

    (void)registered;
}

// ctemplate reports on std::cerr and nowhere else: while this lives, what it
// says is kept instead.
class Listener
{
  public:
    Listener() : before(std::cerr.rdbuf(&heard))
    {
    }
    ~Listener()
    {
        std::cerr.rdbuf(before);
    }
    std::string text() const
    {
        return heard.str();
    }

  private:
    std::stringbuf heard;
    std::streambuf *before;
};

long line_at(const std::string &text, size_t offset)
{
    long line = 1;

    for (size_t i = 0; i < offset && i < text.size(); i++) {
        line += text[i] == '\n';
    }
    return line;
}

// ctemplate quotes what it stumbled over but does not say where that stands.
// The last line, where a section was left open, is its own place.
long place_of(const std::string &text, const std::string &complaint)
{
    static const struct {
        const char *before, *until, *prefix;
    } quotes[] = {
        {"Failed parsing: ", "\nIn: ", ""},
        {"Found: ", "\n", "{{/"},
        {"starting with '", "'", "{{"},
        {"'", "'", ""},
    };

    for (const auto &quote : quotes) {
        size_t from = complaint.find(quote.before);
        size_t to, found;

        if (from == std::string::npos) {
            continue;
        }
        from += std::strlen(quote.before);
        to = complaint.find(quote.until, from);
        found = text.find(quote.prefix + complaint.substr(from, to - from));
        if (found != std::string::npos) {
            return line_at(text, found);
        }
    }
    return line_at(text, text.empty() ? 0 : text.size() - 1);
}

// "ERROR: Template /x/y.html: ERROR: what\nIn: …" says "what".
std::string gist(const std::string &complaint)
{
    size_t from = complaint.rfind("ERROR: ");
    std::string rest =
        from == std::string::npos ? complaint : complaint.substr(from + 7);

    for (char &c : rest) {
        c = c == '\n' ? ' ' : c;
    }
    return rest.substr(0, rest.find_last_not_of(' ') + 1);
}

bool ends_with(const std::string &text, const char *suffix)
{
    size_t len = std::strlen(suffix);

    return text.size() >= len && !text.compare(text.size() - len, len, suffix);
}

// Where a variable of a Markdown template stands without a modifier, or npos.
size_t unescaped_variable(const std::string &text)
{
    size_t at = 0;

    while ((at = text.find("{{", at)) != std::string::npos) {
        size_t end = text.find("}}", at);

        if (end == std::string::npos) {
            break;
        }
        if (!std::strchr("#/!%>=", text[at + 2]) &&
            text.substr(at, end - at).find(':') == std::string::npos) {
            return at;
        }
        at = end;
    }
    return std::string::npos;
}

// Without these, data would reach the page as it is: they fail open.
int check_escaping(const std::string &name, const std::string &path,
                   const std::string &text, struct pfg_error *err)
{
    struct pfg_pos pos = {path.c_str(), 1, 0};
    size_t bare;

    if (ends_with(name, ".html") &&
        text.compare(0, sizeof PRAGMA - 1, PRAGMA)) {
        pfg_fail_at(err, PFG_USAGE, pos,
                    "the template does not begin with its escaping");
        return pfg_hint(err, "put %s in front of everything else", PRAGMA);
    }
    bare =
        ends_with(name, ".md") ? unescaped_variable(text) : std::string::npos;
    if (bare != std::string::npos) {
        std::string variable =
            text.substr(bare + 2, text.find("}}", bare) - bare - 2);

        pos.line = line_at(text, bare);
        pfg_fail_at(err, PFG_USAGE, pos, "'%.60s' is not escaped",
                    variable.c_str());
        return pfg_hint(err, "write {{%.60s:x-md}}", variable.c_str());
    }
    return 0;
}

// The text of a template and where it comes from: the folder's, or our own.
int find_text(std::string *text, std::string *path, const std::string &name,
              const char *folder, struct pfg_error *err)
{
    *path = folder ? std::string(folder) + "/" + name : name;
    if (folder && pfg_file_exists(path->c_str())) {
        struct pfg_str bytes;
        int result;

        pfg_str_init(&bytes, 0);
        result = pfg_file_read(&bytes, path->c_str(), LARGEST, err);
        text->assign(bytes.ptr, bytes.len);
        pfg_str_free(&bytes);
        if (result && err) {
            err->code = PFG_USAGE;
        }
        return result ? result : check_escaping(name, *path, *text, err);
    }
    *path = name;
    for (const struct pfg_embedded *e = pfg_embedded; e->name; e++) {
        if (name == e->name) {
            *text = e->text;
            return 0;
        }
    }
    return pfg_fail(err, PFG_USAGE, "no template '%s'", name.c_str());
}

int expand(struct pfg_str *out, TemplateDictionary *root, const char *folder,
           struct pfg_error *err)
{
    const std::string name = root->name(); // "report.html"
    std::string text, path;
    ctemplate::TemplateCache cache;
    Emitter emitter(out);
    bool good;

    if (find_text(&text, &path, name, folder, err)) {
        return -1;
    }
    register_modifiers();
    {
        Listener listener;

        // The key's ending tells the escaper what it reads.
        good =
            cache.StringToTemplateCache(name, text, ctemplate::DO_NOT_STRIP) &&
            cache.ExpandWithData(name, ctemplate::DO_NOT_STRIP, root, nullptr,
                                 &emitter);
        if (!good) {
            struct pfg_pos pos = {path.c_str(), place_of(text, listener.text()),
                                  0};

            return pfg_fail_at(err, PFG_USAGE, pos, "%s",
                               gist(listener.text()).c_str());
        }
    }
    return 0;
}

} // namespace

#ifdef PFG_STATIC
// The constructor of std::ios_base::Init, which makes the standard streams and
// their locales at each start. Only ctemplate uses them, so that a static
// program makes them with the first template (--wrap in release.mk).
extern "C" void __real__ZNSt8ios_base4InitC1Ev(void *);
extern "C" void __wrap__ZNSt8ios_base4InitC1Ev(void *)
{
}
#endif

struct pfg_template *pfg_template_new(const char *name)
{
#ifdef PFG_STATIC
    static char init;

    __real__ZNSt8ios_base4InitC1Ev(&init); // counts; only the first makes them
#endif
    return template_of(new TemplateDictionary(name));
}

void pfg_template_free(struct pfg_template *root)
{
    delete dictionary_of(root); // and those below it
}

void pfg_template_set(struct pfg_template *t, const char *marker,
                      const char *value)
{
    dictionary_of(t)->SetValue(marker_of(marker), value);
}

struct pfg_template *pfg_template_section(struct pfg_template *t,
                                          const char *section)
{
    return template_of(
        dictionary_of(t)->AddSectionDictionary(marker_of(section)));
}

void pfg_template_show(struct pfg_template *t, const char *section)
{
    dictionary_of(t)->ShowSection(marker_of(section));
}

int pfg_template_parse(const char *name, const char *folder,
                       struct pfg_error *err)
{
    struct pfg_template *t = pfg_template_new(name);
    struct pfg_str nothing;
    int result;

    pfg_str_init(&nothing, 0);
    result = pfg_template_expand(&nothing, t, folder, err);
    pfg_str_free(&nothing);
    pfg_template_free(t);
    return result;
}

int pfg_template_expand(struct pfg_str *out, struct pfg_template *root,
                        const char *folder, struct pfg_error *err)
{
    try {
        return expand(out, dictionary_of(root), folder, err);
    } catch (const std::exception &e) {
        return pfg_fail(err, PFG_SYSTEM, "cannot expand '%s': %s",
                        dictionary_of(root)->name().c_str(), e.what());
    }
}
