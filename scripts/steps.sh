# shellcheck shell=sh
# How does a long step show itself? Sourced by the commands of this repository, from its root: step() runs one command
# quietly, shows its words and seconds, and prints the end of its log when it fails. What the steps are is left to the callers.

logs=build/logs
step_tail=40  # lines of its log that a failed step shows
ticker=

stop_ticker() {
  [ -n "$ticker" ] || return 0
  kill "$ticker" 2>/dev/null || :
  wait "$ticker" 2>/dev/null || :
  ticker=
}

trap 'stop_ticker' EXIT
trap 'stop_ticker; echo; exit 130' INT
trap 'stop_ticker; exit 143' HUP TERM

# step LOG WORDS COMMAND...: output to build/logs/LOG.log; the command's own status is returned.
step() {
  step_log=$logs/$1.log
  step_words=$2
  shift 2
  mkdir -p "$logs"
  step_began=$(date +%s)
  printf '%-48s ' "$step_words"
  if [ -t 1 ]; then
    (while sleep 1; do printf '\r%-48s %4d s' "$step_words" $(($(date +%s) - step_began)); done) &
    ticker=$!
  fi
  step_status=0
  "$@" >"$step_log" 2>&1 </dev/null || step_status=$?
  stop_ticker
  step_seconds=$(($(date +%s) - step_began))
  [ ! -t 1 ] || printf '\r%-48s ' "$step_words"
  printf '%4d s%s\n' "$step_seconds" "$([ "$step_status" -eq 0 ] || echo '  failed')"
  if [ "$step_status" -ne 0 ] && [ "$step_tail" -gt 0 ]; then show_end_of_log "$step_log"; fi
  return "$step_status"
}

show_end_of_log() {
  printf '\nThe end of %s:\n' "$1"
  tail -n "$step_tail" "$1" | sed 's/^/  | /'
  echo
}
