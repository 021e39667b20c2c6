-- For wrk: distinct searches with all facets, from the file that `GONGWEN_HTTP_DATA=DIR cargo bench --bench http` leaves
-- in DIR. With `repeated` as the last argument, twenty of them over and over.
--   gongwen serve --data DIR --listen 127.0.0.1:8080
--   wrk -t2 -c64 -d10s --latency -s benches/http.lua http://127.0.0.1:8080 -- DIR/queries.txt
local paths, at, round, repeated = {}, 0, 0, false
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  repeated = args[2] == "repeated"
  for line in io.lines(args[1]) do
    local encoded = line:gsub(".", function(c) return ("%%%02X"):format(c:byte()) end)
    paths[#paths + 1] = "/api/v1/search?q=" .. encoded
    if repeated and #paths == 20 then break end
  end
end

function request()
  at = at + 1
  if at > #paths then
    at, round = 1, round + 1
  end
  if repeated then
    return wrk.format("GET", paths[at])
  end
  -- A thread asks for pages of a size of its own, and for other pages when it has asked for all
  return wrk.format("GET", ("%s&size=%d&page=%d"):format(paths[at], 10 + number, 1 + round))
end

function done(summary, latency)
  local e = summary.errors
  io.write(("errors: connect %d read %d write %d timeout %d, status >= 400: %d\n")
    :format(e.connect, e.read, e.write, e.timeout, e.status))
end
