-- Keeps a channel's event, unless a later one is kept already: events of one partition are as late as their offsets.
-- KEYS: the channel's last event (hash). ARGV: partition, offset, name, data, ms for which it is kept.
local known = redis.call('HMGET', KEYS[1], 'partition', 'offset')
if known[1] == ARGV[1] and tonumber(known[2]) >= tonumber(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], 'partition', ARGV[1], 'offset', ARGV[2], 'name', ARGV[3], 'data', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
