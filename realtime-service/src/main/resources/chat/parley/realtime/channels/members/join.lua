-- Adds a node to the nodes on which a user is in a presence channel, and tells everybody if it is the first.
-- The change and its announcement are one step, so that announcements come in the order of the changes.
-- KEYS: the channel's members (user -> "node,node\ninfo"), its shard's due set.
-- ARGV: user, node, info, most members, announcements' channel, announcement, "1" if it is noted as due, channel.
-- Answers {version, user, value, user, value, ...}; version "0" if the channel is full.
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then
  local cut = string.find(known, '\n', 1, true)
  local nodes = string.sub(known, 1, cut - 1)
  if not string.find(',' .. nodes .. ',', ',' .. ARGV[2] .. ',', 1, true) then
    redis.call('HSET', KEYS[1], ARGV[1], nodes .. ',' .. ARGV[2] .. string.sub(known, cut))
  end
else
  if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then
    return {'0'}
  end
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. '\n' .. ARGV[3])
  redis.call('PUBLISH', ARGV[5], version .. ' ' .. ARGV[6])
  if ARGV[7] == '1' then
    local who = '\n' .. ARGV[8] .. '\n' .. ARGV[1]
    came(KEYS[2], 'member_added' .. who, 'member_removed' .. who)
  end
end
local answer = redis.call('HGETALL', KEYS[1])
table.insert(answer, 1, version)
return answer
