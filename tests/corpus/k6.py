"""What the checks of k6's outputs share."""

from corpus import quantile

TYPES = {  # what the columns do not say
    "http_reqs": ("requests", "counter"),
    "http_req_duration": ("latency", "time"),
    "http_req_blocked": ("blocked", "time"),
    "http_req_connecting": ("connecting", "time"),
    "http_req_tls_handshaking": ("tls", "time"),
    "http_req_sending": ("sending", "time"),
    "http_req_waiting": ("waiting", "time"),
    "http_req_receiving": ("receiving", "time"),
    "http_req_failed": ("error rate", "rate"),
    "checks": ("checks", "rate"),
    "iterations": ("iterations", "counter"),
    "iteration_duration": ("iteration duration", "time"),
    "group_duration": ("group_duration", "time"),
    "vus": ("vus", "gauge"), "vus_max": ("vus max", "gauge"),
    "data_received": ("data received", "counter"),
    "data_sent": ("data sent", "counter"),
}
SPLIT = ("http_reqs", "http_req_duration", "http_req_failed", "checks",
         "iterations", "iteration_duration", "group_duration")


def endpoint(row):
    """The first of name, group and scenario that is set; a name that is only
    the URL comes last."""
    name, url = row.get("name", ""), row.get("url", "")
    given = bool(name) and not (name == url and "://" in name)
    group = row.get("group", "").removeprefix("::")
    if given:
        return ("name", name)
    if group:
        return ("group", group)
    if row.get("scenario"):
        return ("scenario", row["scenario"])
    return ("name", url) if name else None


class Points:
    """Values by metric and endpoint, as they stream by."""

    def __init__(self, types):
        self.types = types
        self.whole, self.by_endpoint, self.times = {}, {}, []

    def add(self, metric, value, time, tags):
        self.times.append(time)
        if metric not in self.types:
            return
        where = endpoint(tags) if self.is_split(metric) else None
        self.whole.setdefault((metric, "k6", ()), []).append(value)
        if (metric == "http_req_duration"
                and tags.get("expected_response") == "true"):
            self.whole.setdefault(
                (metric, "k6", (("expected_response", "true"),)),
                []).append(value)
        groups = self.by_endpoint.setdefault(metric, {})
        groups.setdefault(where, []).append(value)

    def is_split(self, metric):
        return metric in SPLIT or metric not in TYPES

    def send(self, found):
        points = dict(self.whole)
        names = {}  # one name in several tags: the first tag has it
        for where in {w for g in self.by_endpoint.values() for w in g if w}:
            names.setdefault(where[1], []).append(where[0])
        order = ("name", "group", "scenario")
        for metric, groups in self.by_endpoint.items():
            for where, values in groups.items():
                if where is None or len(groups) < 2:
                    continue
                tag, name = where
                owner = min(names[name], key=order.index)
                params = () if tag == owner else ((tag, name),)
                points[metric, name, params] = values
        duration = max(self.times) - min(self.times)
        for (metric, name, params), values in points.items():
            word, kind = self.types[metric]
            send(found, name, dict(params), word, kind, values, duration,
                 metric not in TYPES)
        return found


def send(found, name, params, word, kind, values, duration,
         custom):
    if kind in ("time", "trend"):
        ordered = sorted(v / (1e3 if kind == "time" else 1) for v in values)
        for stat, value in (
                ("mean", sum(ordered) / len(ordered)), ("min", ordered[0]),
                ("p50", quantile(ordered, 0.5)),
                ("p90", quantile(ordered, 0.9)),
                ("p95", quantile(ordered, 0.95)),
                ("p99", quantile(ordered, 0.99)), ("max", ordered[-1])):
            found.add(name, f"{word} {stat}", value=value, within=1e-12,
                      params=params, count=len(values))
    elif kind == "rate":
        events = sum(v != 0 for v in values)
        found.add(name, word, value=events / len(values), events=events,
                  trials=len(values), params=params, within=1e-12)
    elif kind == "counter":
        if duration:
            found.add(name, word, value=sum(values) / duration, within=1e-6,
                      params=params)
        if custom:
            found.add(name, f"{word} count", value=sum(values), params=params)
    else:
        found.add(name, word, value=values[-1], params=params,
                  min=min(values), max=max(values))
