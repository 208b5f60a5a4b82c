renew(ARGV[3], tonumber(ARGV[4]))
return {}
