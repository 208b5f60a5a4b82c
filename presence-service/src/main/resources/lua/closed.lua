local node, user, socket = ARGV[3], ARGV[4], ARGV[5]

redis.call('SREM', sockets_key(user), node .. '/' .. socket)
local others = false
for _, other in ipairs(redis.call('SMEMBERS', sockets_key(user))) do
  if node_of(other) == node then others = true end
end
if not others then redis.call('SREM', node_key(node), user) end
settle(user)
return {}
