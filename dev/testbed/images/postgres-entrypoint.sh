#!/bin/bash
# Entry point of the PostgreSQL image. It understands the environment of the
# image that people know: POSTGRES_PASSWORD, POSTGRES_USER, POSTGRES_DB,
# POSTGRES_INITDB_ARGS, POSTGRES_HOST_AUTH_METHOD, PGDATA, and *_FILE for each.
set -euo pipefail

# from_file NAME: takes the value of NAME from the file that NAME_FILE names.
from_file() {
  local name=$1 file="${1}_FILE"
  if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then
    echo "error: both $name and $file are set; set one" >&2
    exit 1
  fi
  if [ -n "${!file:-}" ]; then
    export "$name"="$(< "${!file}")"
  fi
  unset "$file"
}

# known_user: initdb and the server insist on a name for their own UID.
known_user() {
  if getent passwd "$(id -u)" > /dev/null; then return; fi
  local library
  library=$(ls /usr/lib/*/libnss_wrapper.so)
  printf 'postgres:x:%s:%s:PostgreSQL:%s:/bin/false\n' "$(id -u)" "$(id -g)" "$PGDATA" > /tmp/nss-passwd
  printf 'postgres:x:%s:\n' "$(id -g)" > /tmp/nss-group
  export NSS_WRAPPER_PASSWD=/tmp/nss-passwd NSS_WRAPPER_GROUP=/tmp/nss-group LD_PRELOAD=$library
}

socket_directory() {
  if [ -w /var/run/postgresql ]; then echo /var/run/postgresql; else echo /tmp; fi
}

initialise() {
  if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ]; then
    echo "error: the database is new and POSTGRES_PASSWORD is empty; set it in the Pod's environment" >&2
    exit 1
  fi
  touch "$unfinished" 2> /dev/null || true
  # shellcheck disable=SC2086
  eval 'initdb --username="$POSTGRES_USER" --pwfile=<(printf "%s\n" "$POSTGRES_PASSWORD") --encoding=UTF8 '"$POSTGRES_INITDB_ARGS"
  printf '\nhost all all all %s\nhost replication all all %s\n' \
    "$POSTGRES_HOST_AUTH_METHOD" "$POSTGRES_HOST_AUTH_METHOD" >> "$PGDATA/pg_hba.conf"
  # The server of the first minute is reachable by socket only, so that nobody
  # sees a half-made database.
  PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -w start \
    -o "-c listen_addresses='' -c unix_socket_directories='$sockets'" > /dev/null
  local sql=(psql -v ON_ERROR_STOP=1 --no-psqlrc --host="$sockets" --username="$POSTGRES_USER")
  if [ "$POSTGRES_DB" != postgres ]; then
    "${sql[@]}" --dbname=postgres -v name="$POSTGRES_DB" <<< 'CREATE DATABASE :"name";'
  fi
  sql+=(--dbname="$POSTGRES_DB")
  local script
  for script in /docker-entrypoint-initdb.d/*; do
    case $script in
      *.sh) echo "running $script"; . "$script" ;;
      *.sql) echo "running $script"; "${sql[@]}" -f "$script" ;;
      *.sql.gz) echo "running $script"; gunzip -c "$script" | "${sql[@]}" ;;
    esac
  done
  pg_ctl -D "$PGDATA" -m fast -w stop > /dev/null
  rm -f "$unfinished"
  echo "PostgreSQL is initialised"
}

if [ "${1:0:1}" = - ]; then set -- postgres "$@"; fi
if [ "${1:-}" != postgres ]; then exec "$@"; fi

export PGDATA=${PGDATA:-/var/lib/postgresql/data}
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  find "$PGDATA" \! -user postgres -exec chown postgres {} +
  if [ -w /var/run/postgresql ]; then chown postgres /var/run/postgresql; fi
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

for name in POSTGRES_PASSWORD POSTGRES_USER POSTGRES_DB POSTGRES_INITDB_ARGS; do from_file "$name"; done
: "${POSTGRES_PASSWORD:=}" "${POSTGRES_USER:=postgres}" "${POSTGRES_INITDB_ARGS:=}"
: "${POSTGRES_DB:=$POSTGRES_USER}" "${POSTGRES_HOST_AUTH_METHOD:=scram-sha-256}"
known_user
sockets=$(socket_directory)
mkdir -p "$PGDATA"
chmod 700 "$PGDATA" 2> /dev/null || true
# Beside the data, since initdb wants its directory empty.
unfinished=${PGDATA%/}.initialising
if [ -e "$unfinished" ]; then
  echo "an earlier start was killed before the database was made: starting afresh"
  find "$PGDATA" -mindepth 1 -delete
fi
if [ -s "$PGDATA/PG_VERSION" ]; then
  echo "PostgreSQL finds its database in $PGDATA"
else
  initialise
fi
unset POSTGRES_PASSWORD
shift
exec postgres -c listen_addresses='*' -c unix_socket_directories="$sockets" "$@"
