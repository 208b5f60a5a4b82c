-- What the scripts about sockets have in common. KEYS[1] is the beginning of the shard's keys; ARGV[1] the time and
-- ARGV[2] the grace, both in milliseconds. The key layout stands in package-info.java.
local base = KEYS[1]
local now = tonumber(ARGV[1])
local grace = tonumber(ARGV[2])

local function user_key(user) return base .. ':user:' .. user end
local function sockets_key(user) return base .. ':sockets:' .. user end
local function node_key(node) return base .. ':node:' .. node end
local function node_of(socket) return string.match(socket, '^(.*)/[^/]*$') end

local function has_live_socket(user)
  for _, socket in ipairs(redis.call('SMEMBERS', sockets_key(user))) do
    local lease = redis.call('ZSCORE', base .. ':leases', node_of(socket))
    if lease and tonumber(lease) > now then return true end
  end
  return false
end

-- NX: while an instance is telling the change before this one, the user stays with it. It learns by the version that
-- there is more, so that "online" never overtakes "offline".
local function change(user, online)
  redis.call('HSET', user_key(user), 'online', online)
  redis.call('HINCRBY', user_key(user), 'version', 1)
  redis.call('ZADD', base .. ':announce', 'NX', now, user)
end

-- Brings what is known of the user in line with their sockets.
local function settle(user)
  local shown = redis.call('HGET', user_key(user), 'online') == '1'
  if has_live_socket(user) then
    redis.call('ZREM', base .. ':leaving', user)
    if not shown then change(user, '1') end
  elseif shown and redis.call('ZADD', base .. ':leaving', 'NX', now + grace, user) == 1 then
    redis.call('HSET', user_key(user), 'last_seen', now)
  end
end

-- A node holds some thousand sockets and a shard a sixteenth of them: a loop of a few milliseconds.
local function settle_all(node)
  for _, user in ipairs(redis.call('SMEMBERS', node_key(node))) do settle(user) end
end

local function renew(node, lease)
  redis.call('ZADD', base .. ':leases', 'GT', lease, node)
  if lease > now and redis.call('ZREM', base .. ':lapsed', node) == 1 then settle_all(node) end
end
