#!/bin/bash
# Entry point of the MariaDB image. It understands the environment of the image
# that people know: MARIADB_ROOT_PASSWORD, MARIADB_ROOT_HOST, MARIADB_DATABASE,
# MARIADB_USER, MARIADB_PASSWORD, their MYSQL_ forms, and *_FILE for each.
set -euo pipefail

# setting NAME: MARIADB_NAME, or MYSQL_NAME, or the content of a *_FILE of them.
setting() {
  local prefix name file
  for prefix in MARIADB MYSQL; do
    name="${prefix}_$1" file="${prefix}_$1_FILE"
    if [ -n "${!name:-}" ]; then printf %s "${!name}"; return; fi
    if [ -n "${!file:-}" ]; then printf %s "$(< "${!file}")"; return; fi
  done
}

# quoted TEXT: a SQL string literal.
quoted() {
  local text=${1//\\/\\\\}
  printf "'%s'" "${text//\'/\'\'}"
}

# backticked NAME: a SQL identifier.
backticked() { printf '`%s`' "${1//\`/\`\`}"; }

run_dir() {
  if [ -w /run/mysqld ]; then echo /run/mysqld; else echo /tmp; fi
}

accounts() {
  local root user
  root=$(quoted "$root_password")
  echo "SET @@SESSION.SQL_LOG_BIN=0;"
  # A new data directory has root accounts of other hosts, all without a password.
  echo "DELETE FROM mysql.global_priv WHERE User = '' OR User = 'root' AND Host <> 'localhost';"
  echo "FLUSH PRIVILEGES;"
  echo "ALTER USER 'root'@'localhost' IDENTIFIED BY $root;"
  if [ "$root_host" != localhost ]; then
    echo "CREATE USER 'root'@$(quoted "$root_host") IDENTIFIED BY $root;"
    echo "GRANT ALL ON *.* TO 'root'@$(quoted "$root_host") WITH GRANT OPTION;"
  fi
  if [ -n "$database" ]; then echo "CREATE DATABASE IF NOT EXISTS $(backticked "$database");"; fi
  if [ -n "$user_name" ]; then
    user="$(quoted "$user_name")@'%'"
    echo "CREATE USER $user IDENTIFIED BY $(quoted "$user_password");"
    if [ -n "$database" ]; then
      # _ and % are patterns in a GRANT.
      local pattern=${database//_/\\_}
      echo "GRANT ALL ON $(backticked "${pattern//%/\\%}").* TO $user;"
    fi
  fi
}

initialise() {
  if [ -z "$root_password" ] && [ -z "$(setting ALLOW_EMPTY_ROOT_PASSWORD)$(setting ALLOW_EMPTY_PASSWORD)" ]; then
    echo "error: the database is new and MARIADB_ROOT_PASSWORD is empty; set it in the Pod's environment" >&2
    exit 1
  fi
  touch "$data/.initialising"
  mariadb-install-db --datadir="$data" --auth-root-authentication-method=normal \
    --skip-test-db --skip-name-resolve --cross-bootstrap > /dev/null
  # The server of the first minute is reachable by socket only, so that nobody
  # sees a half-made database.
  "${server[@]}" --skip-networking --socket="$sockets/init.sock" &
  local pid=$! tries=0
  local sql=(mariadb --protocol=socket --socket="$sockets/init.sock" --user=root)
  until "${sql[@]}" -e 'SELECT 1' > /dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$pid" 2> /dev/null; then
      echo "error: the new server in $data does not answer; see its messages above" >&2
      exit 1
    fi
    sleep 0.2
  done
  accounts | "${sql[@]}"
  local script
  export MYSQL_PWD=$root_password
  if [ -n "$database" ]; then sql+=("$database"); fi
  for script in /docker-entrypoint-initdb.d/*; do
    case $script in
      *.sh) echo "running $script"; . "$script" ;;
      *.sql) echo "running $script"; "${sql[@]}" < "$script" ;;
      *.sql.gz) echo "running $script"; gunzip -c "$script" | "${sql[@]}" ;;
    esac
  done
  unset MYSQL_PWD
  kill "$pid"
  wait "$pid"
  rm "$data/.initialising"
  echo "MariaDB is initialised"
}

if [ "${1:0:1}" = - ]; then set -- mariadbd "$@"; fi
case "${1:-}" in
  mariadbd | mysqld) shift ;;
  *) exec "$@" ;;
esac

data=/var/lib/mysql
for argument in "$@"; do
  case $argument in --datadir=*) data=${argument#--datadir=} ;; esac
done
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$data"
  find "$data" \! -user mysql -exec chown mysql: {} +
  if [ -w /run/mysqld ]; then chown mysql: /run/mysqld; fi
  exec setpriv --reuid=mysql --regid=mysql --init-groups "$0" mariadbd "$@"
fi

root_password=$(setting ROOT_PASSWORD) root_host=$(setting ROOT_HOST)
root_host=${root_host:-%}
database=$(setting DATABASE) user_name=$(setting USER) user_password=$(setting PASSWORD)
sockets=$(run_dir)
server=(mariadbd --datadir="$data" --pid-file="$sockets/mariadbd.pid")
if [ -e "$data/.initialising" ]; then
  echo "an earlier start was killed before the database was made: starting afresh"
  find "$data" -mindepth 1 ! -name .initialising -delete
fi
if [ -d "$data/mysql" ]; then
  echo "MariaDB finds its database in $data"
else
  initialise
fi
unset MARIADB_ROOT_PASSWORD MYSQL_ROOT_PASSWORD MARIADB_PASSWORD MYSQL_PASSWORD
exec "${server[@]}" --socket="$sockets/mysqld.sock" "$@"
