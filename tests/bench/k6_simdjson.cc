// A minimal reader of `k6 --out json` built on simdjson, for `make bench`. Like
// the Python reader in tests/bench/speed, it collects values by metric, name
// and group, and sorts them.

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <simdjson.h>

namespace ondemand = simdjson::ondemand;

// Empty if there is none.
static std::string_view text_of(ondemand::object &object, const char *key)
{
    std::string_view text;

    return object[key].get_string().get(text) ? std::string_view() : text;
}

int main(int argc, char **argv)
{
    std::unordered_map<std::string, std::vector<double>> values;
    simdjson::padded_string text;
    ondemand::parser parser;
    ondemand::document_stream lines;
    std::string key;
    size_t n = 0;

    if (argc != 2 || simdjson::padded_string::load(argv[1]).get(text) ||
        parser.iterate_many(text).get(lines)) {
        std::fprintf(stderr, "usage: k6_simdjson FILE\n");
        return 1;
    }
    for (auto line : lines) {
        std::string_view metric, type;
        ondemand::object data, tags;
        double value;

        // In the order of k6's keys, so that simdjson never goes back.
        if (line["metric"].get_string().get(metric) ||
            line["type"].get_string().get(type) || type != "Point" ||
            line["data"].get_object().get(data) ||
            data["value"].get_double().get(value)) {
            continue;
        }
        key.assign(metric);
        if (!data["tags"].get_object().get(tags)) {
            key.append(1, '\0').append(text_of(tags, "group"));
            key.append(1, '\0').append(text_of(tags, "name"));
        }
        values[key].push_back(value);
    }
    for (auto &series : values) {
        std::sort(series.second.begin(), series.second.end());
        n += series.second.size();
    }
    std::printf("%zu values in %zu series\n", n, values.size());
    return 0;
}
