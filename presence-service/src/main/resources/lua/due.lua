local memory, retell, batch = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

local function until_now(name, time)
  return redis.call('ZRANGEBYSCORE', base .. name, '-inf', time, 'LIMIT', 0, batch)
end

for _, node in ipairs(until_now(':leases', now)) do
  local lease = redis.call('ZSCORE', base .. ':leases', node)
  redis.call('ZREM', base .. ':leases', node)
  redis.call('ZADD', base .. ':lapsed', 'GT', lease, node)
  settle_all(node)
end

for _, node in ipairs(until_now(':lapsed', now - memory)) do
  for _, user in ipairs(redis.call('SMEMBERS', node_key(node))) do
    for _, socket in ipairs(redis.call('SMEMBERS', sockets_key(user))) do
      if node_of(socket) == node then redis.call('SREM', sockets_key(user), socket) end
    end
  end
  redis.call('DEL', node_key(node))
  redis.call('ZREM', base .. ':lapsed', node)
end

for _, user in ipairs(until_now(':leaving', now)) do
  redis.call('ZREM', base .. ':leaving', user)
  if not has_live_socket(user) then change(user, '0') end
end

local changes = {}
for _, user in ipairs(until_now(':announce', now)) do
  redis.call('ZADD', base .. ':announce', 'XX', now + retell, user)
  local state = redis.call('HMGET', user_key(user), 'online', 'version', 'last_seen')
  for _, field in ipairs({ user, state[1], state[2], state[3] }) do table.insert(changes, field) end
end
return changes
