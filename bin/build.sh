# shellcheck shell=bash
# Builds the command in a checkout where a source is newer than the last build. The launcher 'jetfold' reads this in and
# calls build_if_stale; a distribution goes without.

root=$here
state=$root/target/launcher
stamp=$state/built

# Succeeds if a source, a resource or a pom is newer than the last build. Folders count too: a deleted file changes its
# folder. Tests, examples and benchmarks do not matter to the command.
is_stale() {
  [ -s "$stamp" ] && [ -d "$state/$(<"$stamp")" ] || return 0
  local modules=() module
  for module in "$root"/jetfold-*/; do
    case $module in
      */jetfold-bench/ | */jetfold-examples/ | */jetfold-testing/) ;;
      *) modules+=("${module}pom.xml" "${module}src/main") ;;
    esac
  done
  [ -n "$(find "$root/pom.xml" "${modules[@]}" -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

build() {
  echo "jetfold: building; the first time this takes a minute…" >&2
  local log=$state/build.log name=app.$$ started=$state/started.$$
  # The stamp is as old as the build's beginning: a file edited while it runs is built the next time.
  : >"$started"
  # What an older version left there would come along.
  rm -rf "$root"/jetfold-cli/target/lib "$root"/jetfold-cli/target/jetfold-cli-*.jar
  if ! (cd "$root" && ./mvnw -B -q -pl jetfold-cli -am -Dmaven.test.skip=true package) </dev/null >"$log" 2>&1; then
    rm -f "$started"
    # Maven says most things twice, and ends with advice about Maven.
    grep -E '^(mvnw:|\[(ERROR|FATAL)\] [^[:space:]])' "$log" | awk '!seen[$0]++' |
      grep -vE 'Picked up|e-run Maven|For more information|After correcting|\[Help' |
      head -n 20 >&2
    fail "the build failed; all that Maven said is in $log"
  fi

  # The command runs from copies: a later build may then replace the jars while this one still has them open.
  # Other people's jars are never rewritten, so a hard link will do where it can.
  local next=$state/$name
  rm -rf "$next"
  mkdir "$next" || fail "cannot write to $state"
  local jar
  for jar in "$root"/jetfold-cli/target/lib/*.jar "$root"/jetfold-cli/target/jetfold-cli-*.jar; do
    case ${jar##*/} in
      jetfold-*) cp -p "$jar" "$next/" ;;
      *) ln "$jar" "$next/" 2>/dev/null || cp -p "$jar" "$next/" ;;
    esac || fail "cannot write to $state"
  done
  store_classes "$next"
  local previous=
  [ -s "$stamp" ] && previous=$(<"$stamp")
  printf '%s\n' "$name" >"$started.stamp" && touch -r "$started" "$started.stamp" && mv -f "$started.stamp" "$stamp" ||
    fail "cannot write to $state"
  rm -f "$started"
  # The previous build stays: commands that began with it may not have opened all of its jars yet.
  local old
  for old in "$state"/app.*; do
    case ${old##*/} in
      "$name" | "$previous") ;;
      *) rm -rf "$old" ;;
    esac
  done
}

# Has Java store the classes in folder $1 that the usual commands load (an AOT cache), so that they start in about half
# the time. Where it cannot, they start as before.
store_classes() {
  local sample=$root/samples/jets.npz work=$1/usual
  [ -f "$sample" ] && mkdir "$work" || return 0
  env -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS -u _JAVA_OPTIONS "$jdk/bin/java" "${java_options[@]}" \
    "-XX:AOTCacheOutput=$1/jetfold.aot" -cp "$1/*" org.jetfold.cli.UsualCommands "$sample" "$work" \
    </dev/null >"$state/classes.log" 2>&1 || rm -f "$1/jetfold.aot"
  rm -rf "$work"
}

say_waiting() {
  echo "jetfold: another run is building; waiting for it…" >&2
}

# Two first runs at once: one builds, the other waits and finds all done. Sets $app to the folder of jars.
build_if_stale() {
  if is_stale; then
    mkdir -p "$state" || fail "cannot write to $root/target"
    if command -v flock >/dev/null; then
      exec 9>"$state/lock"
      flock -n 9 || { say_waiting && flock 9; }
      ! is_stale || build
      exec 9>&-
    else
      local lock=$state/lock.folder owner
      [ ! -d "$lock" ] || say_waiting
      until mkdir "$lock" 2>/dev/null; do
        # Left behind by a run that was killed?
        owner=$(cat "$lock/owner" 2>/dev/null) && ! kill -0 "$owner" 2>/dev/null && rm -rf "$lock"
        sleep 1
      done
      trap 'rm -rf "$state/lock.folder"' EXIT
      echo $$ >"$lock/owner"
      ! is_stale || build
      rm -rf "$lock"
      trap - EXIT
    fi
  fi
  app=$state/$(<"$stamp")
}
