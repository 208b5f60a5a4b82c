-- Renews a node's lease by the clock of Redis, the only one that all nodes share.
-- KEYS: the leases (node, by its end). ARGV: node, lease in ms.
-- Answers {"1" if the lease was there, node, node, ...}: the nodes whose lease has ended.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
local answer = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)
table.insert(answer, 1, known and '1' or '0')
return answer
