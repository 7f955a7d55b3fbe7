-- The same GET again and again; nothing is done per answer, so that the generator stays as cheap as can be. Prints one line of JSON.
function done(summary, latency, requests)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format('{"answered":%d,"wrong":%d,"failed":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f}\n',
    summary.requests, summary.errors.status, failed, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
