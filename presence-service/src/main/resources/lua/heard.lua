-- ARGV from the third on: five fields an event, in the order in which the nodes told them: its kind, the node, the end of
-- the node's lease in milliseconds, the user, the socket. What an event has not is empty.
local events = {}

function events.identified(node, lease, user, socket)
  redis.call('SADD', sockets_key(user), node .. '/' .. socket)
  redis.call('SADD', node_key(node), user)
  redis.call('HSET', user_key(user), 'last_seen', now)
  renew(node, lease)
  settle(user)
end

function events.closed(node, _, user, socket)
  redis.call('SREM', sockets_key(user), node .. '/' .. socket)
  local others = false
  for _, other in ipairs(redis.call('SMEMBERS', sockets_key(user))) do
    if node_of(other) == node then others = true end
  end
  if not others then redis.call('SREM', node_key(node), user) end
  settle(user)
end

function events.alive(node, lease)
  renew(node, lease)
end

for i = 3, #ARGV, 5 do
  events[ARGV[i]](ARGV[i + 1], tonumber(ARGV[i + 2]), ARGV[i + 3], ARGV[i + 4])
end
return {}
