# Ends the children of a worker when the worker is gone. Reads "+ <pid>" and "- <pid>" from the
# worker; the end of the input is the end of the worker, also when it was killed.
# $1: the mark, a text in the environment of every child.
trap '' INT TERM HUP
roots=' '
while read -r sign pid; do
  case $sign in
    +) roots="$roots$pid " ;;
    -) roots="${roots%% "$pid" *} ${roots#* "$pid" }" ;;
  esac
done

# Whatever descends from a child: by its parents where there is ps, by its mark where there is
# /proc. The mark also finds what was started a moment before the death, and what lost its parents.
victims() {
  if command -v ps > /dev/null; then
    ps -A -o pid= -o ppid= | awk -v roots="$roots" '
      BEGIN { n = split(roots, list, " "); for (i = 1; i <= n; i++) doomed[list[i]] = 1 }
      { parent[$1] = $2 }
      END {
        for (again = 1; again;) {
          again = 0
          for (p in parent) if (!(p in doomed) && (parent[p] in doomed)) { doomed[p] = 1; again = 1 }
        }
        for (p in doomed) if (p in parent) print p
      }'
  fi
  if [ -d /proc/self ]; then
    grep -l -a -F -e "$1" /proc/[0-9]*/environ 2> /dev/null | sed -e 's|/proc/||' -e 's|/environ||'
  fi
}

# More than once: a process may be forking at this very moment.
for round in 1 2 3 4 5; do
  found=
  for pid in $(victims "$1"); do
    if [ "$pid" != $$ ] && kill -KILL "$pid" 2> /dev/null; then found=yes; fi
  done
  [ -z "$found" ] && [ "$round" -gt 2 ] && break
  sleep 0.2
done
