-- KEYS[1]: the beginning of the shard's keys. ARGV: when it ends by itself in milliseconds, ROOM/USER.
local ends, typist = ARGV[1], ARGV[2]

-- An end that was not told yet would now be told after this beginning.
redis.call('ZREM', KEYS[1] .. ':ended', typist)
if redis.call('ZADD', KEYS[1] .. ':now', 'NX', ends, typist) == 1 then return { typist } end
redis.call('ZADD', KEYS[1] .. ':now', 'XX', 'GT', ends, typist)
return {}
