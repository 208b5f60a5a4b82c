-- KEYS[1]: the beginning of the shard's keys. ARGV: now and when to tell it again, both in milliseconds; how many.
local now, retell, batch = ARGV[1], ARGV[2], ARGV[3]
local ends = {}

for _, name in ipairs({ ':now', ':ended' }) do
  for _, typist in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1] .. name, '-inf', now, 'LIMIT', 0, batch)) do
    redis.call('ZREM', KEYS[1] .. ':now', typist)
    redis.call('ZADD', KEYS[1] .. ':ended', retell, typist)
    table.insert(ends, typist)
  end
end
return ends
