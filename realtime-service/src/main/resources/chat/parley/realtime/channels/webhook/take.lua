-- Takes what is due, and again what was taken and has not been finished in time: whoever had it is gone.
-- KEYS: due (sorted set by ms), taken (sorted set by ms until which it is somebody's).
-- ARGV: most to take, ms until which they are to be finished.
-- Answers entries of the taken set: when it was due, a line break, the entry.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local most = tonumber(ARGV[1])
local answer = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, most)
local left = most - #answer
if left > 0 then
  local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'WITHSCORES', 'LIMIT', 0, left)
  for i = 1, #due, 2 do
    redis.call('ZREM', KEYS[1], due[i])
    answer[#answer + 1] = due[i + 1] .. '\n' .. due[i]
  end
end
for i = 1, #answer do
  redis.call('ZADD', KEYS[2], now + tonumber(ARGV[2]), answer[i])
end
return answer
