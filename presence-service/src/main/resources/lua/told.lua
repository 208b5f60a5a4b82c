-- KEYS[1]: the beginning of the shard's keys. ARGV: time in milliseconds, user, the version that was told.
local announce, now, user, version = KEYS[1] .. ':announce', ARGV[1], ARGV[2], ARGV[3]

if redis.call('HGET', KEYS[1] .. ':user:' .. user, 'version') == version then
  redis.call('ZREM', announce, user)
else
  redis.call('ZADD', announce, 'XX', now, user)
end
return {}
