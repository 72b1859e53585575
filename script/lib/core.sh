# What the scripts share. Sourced, not run; works in bash 3.2 (macOS) and newer.
# shellcheck shell=bash

set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
programs=$root/target/core # what script/build makes
library=$programs/lib

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "script/$(basename "$0"): $*"
  exit 1
}
usage_error() {
  say "script/$(basename "$0"): $*"
  say "See script/$(basename "$0") --help"
  exit 2
}

# Prints the comment at the head of the calling script: its help.
help_text() {
  sed -n '2,/^[^#]/{/^#/{s/^# \{0,1\}//;p;};}' "$0"
}

# The feature version of the JDK in a folder, read from its `release` file (no process is started); 0 when it is none.
jdk_version() {
  local line version
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        version=${line#JAVA_VERSION=}
        version=${version//\"/}
        version=${version%%[!0-9]*}
        echo "${version:-0}"
        return
        ;;
    esac
  done <"$1/release"
  echo 0
}

# Folders in which a JDK may be, the most explicit first.
jdk_candidates() {
  local javac
  printf '%s\n' "${JAVA_HOME:-}"
  if javac=$(command -v javac 2>/dev/null); then
    while [ -L "$javac" ]; do
      case $(readlink "$javac") in
        /*) javac=$(readlink "$javac") ;;
        *) javac=$(dirname "$javac")/$(readlink "$javac") ;;
      esac
    done
    (cd -- "$(dirname "$javac")/.." && pwd -P)
  fi
  printf '%s\n' /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
}

# Sets and exports JAVA_HOME to a JDK 25 or newer, or says what to install.
require_jdk() {
  local candidate
  if [ -n "${JAVA_HOME:-}" ] && [ "$(jdk_version "$JAVA_HOME")" -ge 25 ]; then
    export JAVA_HOME
    return
  fi
  while IFS= read -r candidate; do
    if [ -n "$candidate" ] && [ "$(jdk_version "$candidate")" -ge 25 ]; then
      export JAVA_HOME=$candidate
      return
    fi
  done < <(jdk_candidates)
  say "No JDK 25 or newer was found (looked at JAVA_HOME=${JAVA_HOME:-<not set>}, at javac on the PATH, in /usr/lib/jvm and the usual places)."
  say "Install one, for example Eclipse Temurin 25:"
  say "  Debian, Ubuntu   apt-get install temurin-25-jdk   (repository: https://adoptium.net/installation/linux)"
  say "  macOS            brew install --cask temurin@25"
  say "  SDKMAN           sdk install java 25-tem"
  say "or set JAVA_HOME to the folder of one."
  exit 1
}

# Sets maven to a Maven 3.8 or newer, or says what to install. MAVEN may name another command.
require_maven() {
  local version
  maven=${MAVEN:-mvn}
  if ! command -v "$maven" >/dev/null 2>&1; then
    say "Maven was not found ('$maven' is not on the PATH). Install Maven 3.8 or newer:"
    say "  Debian, Ubuntu   apt-get install maven"
    say "  macOS            brew install maven"
    exit 1
  fi
  if [ "${1:-}" = --check ]; then
    version=$("$maven" --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
    case $version in
      3.[89]* | 3.1[0-9]* | [4-9].*) maven_version=$version ;;
      *) fail "Maven 3.8 or newer is needed; '$maven' is ${version:-of an unknown version}." ;;
    esac
  fi
}

# True when something was built and no source is newer than it. A folder's own time shows files that were removed.
up_to_date() {
  [ -f "$programs/built" ] || return 1
  [ -z "$(find "$root"/pom.xml "$root"/.mvn "$root"/*/pom.xml "$root"/*/src/main -newer "$programs/built" -print 2>/dev/null | head -n 1)" ]
}

# Replaces the shell with a program: run_program NAME MAIN-CLASS JAVA-OPTION… -- ARGUMENT…
# Builds first when nothing was ever built; says so when the build is older than the sources.
run_program() {
  local name=$1 main=$2 jars options=()
  shift 2
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  require_jdk
  if [ ! -f "$programs/built" ]; then
    "$root/script/build" >&2
  elif ! up_to_date; then
    say "(the sources are newer than the programs; script/build brings them up to date)"
  fi
  # Classes as they were loaded before (script/build made the archive). The JVM compares it with the jars, and goes on
  # without one that fits no more; what it would say about that is of no use to anybody.
  if [ -f "$programs/$name.jsa" ]; then
    options+=("-XX:SharedArchiveFile=$programs/$name.jsa"
      -Xlog:disable '-Xlog:all=warning:stderr' '-Xlog:cds*=off:stderr' '-Xlog:aot*=off:stderr')
  fi
  jars=$(printf '%s:' "$library"/*.jar)
  exec "$JAVA_HOME/bin/java" -XX:+IgnoreUnrecognizedVMOptions ${options[@]+"${options[@]}"} \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 "-Dcore.directory=$root" \
    -cp "${jars%:}" "$main" "$@"
}
