-- Takes in what a node counts now. ARGV goes on: name, count, name, count, ...
redis.call('SADD', KEYS[3], node)
for i = 8, #ARGV, 2 do
  count(ARGV[i], tonumber(ARGV[i + 1]))
end
announce()
return 1
