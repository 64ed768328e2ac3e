-- wrk -s load.lua URL -- STATUS METHOD TYPE BODYFILE PREFIX [NAME=VALUE …]
-- Sends the lines of BODYFILE in turn ("-": none). With a PREFIX ("-": none) each request has an Idempotency-Key
-- of its own, and LUOT in its body becomes which request it is. Prints one JSON line; every status but STATUS counts as wrong.
local threads = {}

function setup(thread)
   thread:set("number", #threads + 1)
   table.insert(threads, thread)
end

function init(args)
   expected, wrong, last, sent = tonumber(args[1]), 0, 0, 0
   wrk.method = args[2]
   if args[3] ~= "-" then wrk.headers["Content-Type"] = args[3] end
   bodies, prefix = {}, args[5]
   if args[4] ~= "-" then for line in io.lines(args[4]) do bodies[#bodies + 1] = line end end
   for place = 6, #args do
      local name, value = args[place]:match("^([^=]+)=(.*)$")
      wrk.headers[name] = value
   end
end

function request()
   sent = sent + 1
   if prefix ~= "-" then wrk.headers["Idempotency-Key"] = prefix .. "-" .. number .. "-" .. sent end
   local place = (number * 7919 + sent) % math.max(#bodies, 1) + 1
   local body = bodies[place]
   if body then body = body:gsub("LUOT", number .. string.format("z%x", sent)) end
   return wrk.format(nil, nil, nil, body)
end

function response(status)
   if status ~= expected then wrong, last = wrong + 1, status end
end

function done(summary, latency)
   local wrong, last = 0, 0
   for _, thread in ipairs(threads) do
      wrong, last = wrong + thread:get("wrong"), math.max(last, thread:get("last"))
   end
   local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
   io.write(string.format(
      '{"answers":%d,"seconds":%.4f,"p50":%.3f,"p99":%.3f,"wrong":%d,"last":%d,"broken":%d}\n',
      summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      wrong, last, errors))
end
