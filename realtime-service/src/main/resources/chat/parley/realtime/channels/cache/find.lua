-- KEYS: a channel's last event (hash). Answers {partition, offset, name, data, ms for which it is kept yet}, or {}.
local known = redis.call('HMGET', KEYS[1], 'partition', 'offset', 'name', 'data')
if not known[1] then
  return {}
end
known[5] = tostring(redis.call('PTTL', KEYS[1]))
return known
