-- What a node counts replaces what it counted before, so that telling it twice does no harm.
-- KEYS: totals (name -> total), the node's counts (name -> count), nodes (set), due (sorted set).
-- ARGV: node, announcements' channel, kind, app, what is announced ("none", "ends" for 0 <-> more, "all"),
-- "1" if occupancy is noted as due, "1" if counts are.
local node, channel, announced = ARGV[1], ARGV[2], ARGV[5]
local occupancy_due, counts_due = ARGV[6] == '1', ARGV[7] == '1'
local changed = {}

local function count(name, here)
  local before = tonumber(redis.call('HGET', KEYS[2], name) or '0')
  if here == before then
    return
  end
  if here == 0 then
    redis.call('HDEL', KEYS[2], name)
  else
    redis.call('HSET', KEYS[2], name, here)
  end
  local total = redis.call('HINCRBY', KEYS[1], name, here - before)
  local was = total - (here - before)
  if total <= 0 then
    redis.call('HDEL', KEYS[1], name)
    total = 0
  end
  if occupancy_due and was <= 0 and total > 0 then
    came(KEYS[4], 'channel_occupied\n' .. name, 'channel_vacated\n' .. name)
  elseif occupancy_due and was > 0 and total == 0 then
    went(KEYS[4], 'channel_vacated\n' .. name)
  end
  if counts_due then
    counted(KEYS[4], name, total)
  end
  if announced == 'all' or (announced == 'ends' and (was <= 0) ~= (total == 0)) then
    changed[#changed + 1] = name
    changed[#changed + 1] = total
  end
end

local function announce()
  if #changed > 0 then
    redis.call('PUBLISH', channel, cjson.encode({version, ARGV[3], ARGV[4], changed}))
  end
end
