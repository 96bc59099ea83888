-- Posts 16 KiB, and prints what wrk rounds or leaves out, as key=value lines
-- in sections. perfgate reads them behind wrk's own table.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/octet-stream"
wrk.body = string.rep("0123456789abcdef", 1024)

function done(summary, latency, requests)
    print("SUMMARY:")
    print(string.format("requests_per_sec=%.3f",
                        summary.requests / (summary.duration / 1000000)))
    print("LATENCY_MS:")
    print(string.format("mean=%.4f", latency.mean / 1000))
    print(string.format("p50=%.4f", latency:percentile(50) / 1000))
    print(string.format("p90=%.4f", latency:percentile(90) / 1000))
    print(string.format("p99=%.4f", latency:percentile(99) / 1000))
    print("ERRORS:")
    print(string.format("connect=%d", summary.errors.connect))
    print(string.format("read=%d", summary.errors.read))
    print(string.format("write=%d", summary.errors.write))
    print(string.format("timeout=%d", summary.errors.timeout))
    print(string.format("status=%d", summary.errors.status))
end
