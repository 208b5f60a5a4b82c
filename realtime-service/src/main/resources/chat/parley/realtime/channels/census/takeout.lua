-- Takes out some of what a dead node counted. ARGV goes on: where to go on (HSCAN's cursor).
-- Answers where to go on; "0" at the end.
local scanned = redis.call('HSCAN', KEYS[2], ARGV[8], 'COUNT', 500)
for i = 1, #scanned[2], 2 do
  count(scanned[2][i], 0)
end
announce()
if scanned[1] == '0' and redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('SREM', KEYS[3], node)
end
return scanned[1]
