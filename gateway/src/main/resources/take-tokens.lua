-- Takes a token of every bucket, or of none if one of them is empty. A bucket is one number: the time, in microseconds,
-- at which it will be full again. It is forgotten then, for a full bucket and an unknown one are the same.
--
-- KEYS: the buckets. ARGV: for each its burst, and the microseconds after which a spent token is there again.
-- Returns which bucket is the tightest (from 1), its tokens left, the microseconds until it is full, and those until
-- the claim would be granted, zero if it is.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local full_at = redis.call('MGET', unpack(KEYS))
local missing = {}
local tightest, remaining, wait = 0, 0, 0

for i = 1, #KEYS do
    local interval = tonumber(ARGV[2 * i])
    local all = ARGV[2 * i - 1] * interval
    -- Within bounds, even if another server with another clock has written it.
    local before = math.max(0, math.min(all, (tonumber(full_at[i] or now)) - now))
    local after = before + interval
    local left, lacks = math.floor((all - after) / interval + 1e-9), 0
    if after > all then
        left, lacks, after = 0, after - all, before
    end
    missing[i] = after
    if tightest == 0 or lacks > wait or (lacks == wait and left < remaining) then
        tightest, remaining, wait = i, left, lacks
    end
end

if wait == 0 then
    for i = 1, #KEYS do
        redis.call('SET', KEYS[i], string.format('%.0f', now + missing[i]), 'PX', math.ceil(missing[i] / 1000))
    end
end
return { tightest, remaining, math.ceil(missing[tightest]), math.ceil(wait) }
