-- Takes a node from the nodes on which a user is in a presence channel, and tells everybody if it was the last.
-- KEYS: the channel's members (user -> "node,node\ninfo"), its shard's due set.
-- ARGV: user, node, announcements' channel, announcement, "1" if it is noted as due, channel.
local known = redis.call('HGET', KEYS[1], ARGV[1])
if not known then
  return 0
end
local cut = string.find(known, '\n', 1, true)
local left = {}
for node in string.gmatch(string.sub(known, 1, cut - 1), '[^,]+') do
  if node ~= ARGV[2] then
    left[#left + 1] = node
  end
end
if #left > 0 then
  redis.call('HSET', KEYS[1], ARGV[1], table.concat(left, ',') .. string.sub(known, cut))
  return 0
end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('PUBLISH', ARGV[3], version .. ' ' .. ARGV[4])
if ARGV[5] == '1' then
  went(KEYS[2], 'member_removed\n' .. ARGV[6] .. '\n' .. ARGV[1])
end
return 1
