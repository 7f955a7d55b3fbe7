-- wrk [options] -s load.lua URL -- [FILE FROM COUNT WANTED]
-- Without a file: the same GET again and again. With one: its lines FROM … FROM+COUNT-1, each once: path TAB cookie TAB body. WANTED is the status
-- that is right, or the whole body ("success"). Prints one line of JSON.
local threads = {}
local ffi = require("ffi")
ffi.cdef [[ typedef struct { long seconds, nanoseconds; } bench_time; int clock_gettime(int clock, bench_time *time); ]]
local time = ffi.new("bench_time")

local function microseconds()
  ffi.C.clock_gettime(1, time) -- CLOCK_MONOTONIC
  return tonumber(time.seconds) * 1e6 + tonumber(time.nanoseconds) / 1e3
end

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  answered, wrong, first, last, lines, at = 0, 0, 0, 0, nil, 0
  if args[1] then
    local from, count, total = tonumber(args[2]), tonumber(args[3]), tonumber(args[5])
    wanted = args[4]
    lines = {}
    local place = 0
    for line in io.lines(args[1]) do
      if place >= from and place < from + count and place % total == number then table.insert(lines, line) end
      place = place + 1
    end
  else
    wanted = "200"
  end
end

function request()
  if not lines then return wrk.format() end
  at = at + 1
  local line = lines[at]
  if not line then
    stopping = true -- a request must be sent; its answer is not looked at
    return wrk.format("GET", "/")
  end
  local path, cookie, body = line:match("([^\t]*)\t([^\t]*)\t(.*)")
  local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
  if cookie ~= "" then headers["Cookie"] = cookie end
  return wrk.format("POST", path, headers, body)
end

function response(status, headers, body)
  if stopping then
    wrk.thread:stop()
    return
  end
  if first == 0 then first = microseconds() end
  last = microseconds()
  answered = answered + 1
  if tostring(status) ~= wanted and body ~= wanted then
    wrong = wrong + 1
    io.stderr:write(string.format("%d %s\n", status, body:sub(1, 2000)))
  end
end

function done(summary, latency, requests)
  local all, bad, from, to = 0, 0, math.huge, 0
  for _, thread in ipairs(threads) do
    all = all + thread:get("answered")
    bad = bad + thread:get("wrong")
    if thread:get("first") > 0 then from = math.min(from, thread:get("first")) end
    to = math.max(to, thread:get("last"))
  end
  local failed = summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format('{"answered":%d,"wrong":%d,"failed":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f}\n',
    all, bad, failed, (to - from) / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
