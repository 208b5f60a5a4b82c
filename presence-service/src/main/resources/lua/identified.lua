local node, lease, user, socket = ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6]

redis.call('SADD', sockets_key(user), node .. '/' .. socket)
redis.call('SADD', node_key(node), user)
redis.call('HSET', user_key(user), 'last_seen', now)
renew(node, lease)
settle(user)
return {}
