-- KEYS[1]: the beginning of the shard's keys. ARGV: when to tell it again in milliseconds, ROOM/USER of each.
local retell = ARGV[1]
local ends = {}

for i = 2, #ARGV do
  if redis.call('ZREM', KEYS[1] .. ':now', ARGV[i]) == 1 then
    redis.call('ZADD', KEYS[1] .. ':ended', retell, ARGV[i])
    table.insert(ends, ARGV[i])
  end
end
return ends
