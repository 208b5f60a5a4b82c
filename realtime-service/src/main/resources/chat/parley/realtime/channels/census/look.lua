-- KEYS: totals. ARGV: names. Answers {version, total, total, ...}; "0" where there is none.
local time = redis.call('TIME')
local answer = {time[1] .. string.format('%06d', tonumber(time[2]))}
local totals = redis.call('HMGET', KEYS[1], unpack(ARGV))
for i = 1, #ARGV do
  answer[i + 1] = totals[i] or '0'
end
return answer
