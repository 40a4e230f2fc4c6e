#!/bin/sh
# The image's entry: the program, and what restart policies of Docker can't say. No restart mends what ends with 64, 65,
# 77 or 78 (usage, data, key, config): then the container stays, unhealthy after some minutes, until somebody has read its
# log and stops it.
case " $* " in
*" run "*) ;;
*) exec weighmaster "$@" ;;
esac

weighmaster "$@" &
child=$!
trap 'kill -TERM "$child"' TERM INT
trap 'kill -HUP "$child"' HUP
# A signal ends `wait` early; once the program's own end was waited for, it is gone.
while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2>/dev/null || break
done

case $code in
64 | 65 | 77 | 78)
    echo "weighmaster ended with code $code, which no restart mends: mend what it said, and restart the container" >&2
    trap 'exit "$code"' TERM INT
    while :; do
        sleep 3600 &
        wait $!
    done
    ;;
esac
exit "$code"
