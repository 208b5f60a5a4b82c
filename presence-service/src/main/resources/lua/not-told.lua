-- KEYS[1]: the beginning of the shard's keys. ARGV: when to tell it again in milliseconds, user.
redis.call('ZADD', KEYS[1] .. ':announce', 'XX', ARGV[1], ARGV[2])
return {}
