-- KEYS[1]: the beginning of the shard's keys. ARGV: when to tell it again in milliseconds, ROOM/USER.
local retell, typist = ARGV[1], ARGV[2]

if redis.call('ZREM', KEYS[1] .. ':now', typist) == 0 then return {} end
redis.call('ZADD', KEYS[1] .. ':ended', retell, typist)
return { typist }
