-- What has happened to a channel, entered into its shard's due set: by the time in ms from when it may be told.
-- Gone and back within this time says nothing.
local GRACE_MS = 3000
local COUNT_PAUSE_MS = 5000
local MANY = 100

local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local version = time[1] .. string.format('%06d', tonumber(time[2]))

local function came(due, said, unsaid)
  if redis.call('ZREM', due, unsaid) == 0 then
    redis.call('ZADD', due, now_ms, said)
  end
end

local function went(due, said)
  redis.call('ZADD', due, now_ms + GRACE_MS, said)
end

-- Entered once until it is taken; whoever takes it asks for the total then, so the last one is always told.
local function counted(due, channel, total)
  if string.sub(channel, 1, 9) ~= 'presence-' then
    local pause = total > MANY and COUNT_PAUSE_MS or 0
    redis.call('ZADD', due, 'NX', now_ms + pause, 'subscription_count\n' .. channel)
  end
end
