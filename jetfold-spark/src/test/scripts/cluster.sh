#!/usr/bin/env bash
#
# Runs a Spark cluster on the loopback interface: one master, two workers with a core and 1 GB each. It runs until its
# standard input ends or it is told to stop (SIGTERM), and ends its processes then.
#
#   cluster.sh SPARK_HOME PORT FOLDER
#
#   SPARK_HOME  a folder with Spark's jars in jars/
#   PORT        of the master: spark://127.0.0.1:PORT
#   FOLDER      for the workers' files (each has a disk of its own: disk1, disk2) and everybody's logs
#
# JAVA_HOME names the JDK. A line 'worker PID' is printed for each worker.

set -u
[ $# -eq 3 ] || { sed -n '3,12s/^# \{0,1\}//p' "$0" >&2; exit 2; }
export SPARK_HOME=$1 SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
port=$2 folder=$3
java=${JAVA_HOME:?names the JDK}/bin/java
mkdir -p "$folder"

processes=()
stop() {
  kill "${processes[@]}" 2>/dev/null
  wait
  exit 0
}
trap stop TERM INT

run() { # name, class, arguments
  local name=$1
  shift
  "$java" -Xmx256m -XX:+UseSerialGC -Djdk.reflect.useDirectMethodHandle=false \
    --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED \
    --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$SPARK_HOME/jars/*" "$@" </dev/null >"$folder/$name.log" 2>&1 &
  processes+=($!)
}

run master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
for worker in 1 2; do
  mkdir -p "$folder/worker$worker"
  export SPARK_LOCAL_DIRS=$folder/disk$worker
  mkdir -p "$SPARK_LOCAL_DIRS"
  run "worker$worker" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 --memory 1g \
    --work-dir "$folder/worker$worker" "spark://127.0.0.1:$port"
  echo "worker $!"
done
cat >/dev/null
stop
