# shellcheck shell=bash
# Finds a JDK, for the launcher 'jetfold' and for 'mvnw'.

readonly wanted_java=25

# Whoever reads this file in sets $program: the name that stands before its messages.
fail() {
  printf "$program: %s\n" "$@" >&2
  exit 3
}

# The feature version of the JDK in folder $1, from its 'release' file: far quicker than to start it, and no variable
# that makes java talk (JAVA_TOOL_OPTIONS) can disturb it. Sets $found_version, empty if there is none.
read_version() {
  found_version=
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      JAVA_VERSION=*)
        line=${line#JAVA_VERSION=}
        line=${line//[\"$'\r']/}
        found_version=${line%%[!0-9]*}
        return 0
        ;;
    esac
  done <"$1/release"
}

# Sets $jdk to the first folder whose version is $wanted_java ('exact') or at least that ('newer').
find_jdk() {
  local match=$1 candidate on_path
  local -a candidates=()
  [ -n "${JAVA_HOME:-}" ] && candidates+=("$JAVA_HOME")
  # /usr/bin/java is a link, often through a link, to JDK/bin/java.
  if on_path=$(command -v java) && on_path=$(readlink -f -- "$on_path"); then
    candidates+=("${on_path%/bin/java}")
  fi
  # A pattern that matches nothing stays as it is, and read_version passes over it.
  candidates+=(/usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/*
    "${HOME:-/}"/.local/share/mise/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home
    "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home)

  for candidate in "${candidates[@]}"; do
    read_version "$candidate"
    [ -n "$found_version" ] || continue
    if [ "$found_version" -eq "$wanted_java" ] ||
      { [ "$match" = newer ] && [ "$found_version" -gt "$wanted_java" ]; }; then
      jdk=$candidate
      return 0
    fi
  done
  return 1
}

# Sets $jdk to folder $1, the Java that a distribution brings. Fails where there is no such folder.
use_runtime() {
  [ -d "$1" ] || return 1
  read_version "$1"
  [ "${found_version:-0}" -ge "$wanted_java" ] ||
    fail "$1 is not complete." "Unpack the distribution again, or delete that folder: then an installed JDK is looked for."
  jdk=$1
}

# Ends the program where the JDK lacks one of the modules $1, which commas separate. A JDK whose 'release' file does not
# list its modules passes.
require_modules() {
  local line module missing=
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      MODULES=*)
        line=${line#MODULES=}
        line=" ${line//[\"$'\r']/} "
        for module in ${1//,/ }; do
          [[ $line == *" $module "* ]] || missing="$missing $module"
        done
        ;;
    esac
  done <"$jdk/release"
  [ -z "$missing" ] || fail "the Java in $jdk lacks modules that Jetfold needs:$missing." \
    "Unpack the distribution again, or use a whole JDK $wanted_java."
}
