#!/bin/bash
# Builds the root file system that all database images share: build.sh TARGET
# Needs root and debootstrap. The target must not exist yet.
set -euo pipefail

# A mount namespace of its own: whatever kills this run, no mount stays behind.
if [ -z "${OWN_MOUNTS:-}" ]; then exec env OWN_MOUNTS=1 unshare --mount "$0" "$@"; fi

target=$1
suite=bookworm
mirror=${MUSTER_DEBIAN_MIRROR:-http://deb.debian.org/debian}
# No recommended packages: postgresql-15 alone brings server and client tools.
packages="postgresql-15 mariadb-server libnss-wrapper"

debootstrap --variant=minbase --include=ca-certificates "$suite" "$target" "$mirror"

# Docs and translations are never unpacked, so nothing has to be removed twice.
cat > "$target/etc/dpkg/dpkg.cfg.d/small" <<'DPKG'
path-exclude /usr/share/doc/*
path-exclude /usr/share/man/*
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
path-exclude /usr/lib/postgresql/*/lib/bitcode/*
path-exclude /usr/share/mysql-test/*
DPKG

# Both servers run as 999, as they do in the images that people know. The
# accounts must exist before the packages look for them.
echo 'postgres:x:999:999:PostgreSQL:/var/lib/postgresql:/bin/bash' >> "$target/etc/passwd"
echo 'mysql:x:999:999:MariaDB:/var/lib/mysql:/usr/sbin/nologin' >> "$target/etc/passwd"
echo 'postgres:x:999:' >> "$target/etc/group"
echo 'mysql:x:999:' >> "$target/etc/group"
echo 'nonroot:x:65532:65532::/tmp:/usr/sbin/nologin' >> "$target/etc/passwd"
echo 'nonroot:x:65532:' >> "$target/etc/group"

# No daemon may start while packages are configured, and no cluster is wanted.
printf '#!/bin/sh\nexit 101\n' > "$target/usr/sbin/policy-rc.d"
chmod 755 "$target/usr/sbin/policy-rc.d"
mkdir -p "$target/etc/postgresql-common"
echo 'create_main_cluster = false' > "$target/etc/postgresql-common/createcluster.conf"

[ -e "$target/etc/resolv.conf" ] || touch "$target/etc/resolv.conf"
cp "$target/etc/resolv.conf" "$target/etc/resolv.conf.kept"
cat /etc/resolv.conf > "$target/etc/resolv.conf" 2>/dev/null || true
cat /etc/hosts > "$target/etc/hosts"
mount -t proc proc "$target/proc"
inside() { chroot "$target" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }
inside apt-get update -qq
# shellcheck disable=SC2086
inside apt-get install -y -qq --no-install-recommends $packages
umount "$target/proc"

mv "$target/etc/resolv.conf.kept" "$target/etc/resolv.conf"
rm -f "$target/etc/hosts" "$target/usr/sbin/policy-rc.d"
# Without the JIT provider PostgreSQL plans as usual and the image is 110 MB smaller.
rm -rf "$target"/usr/lib/postgresql/*/lib/llvmjit* "$target"/usr/lib/*/libLLVM-* "$target"/usr/lib/*/libz3.so*
rm -rf "$target"/usr/lib/postgresql/*/lib/bitcode "$target"/usr/share/postgresql/*/man
rm -rf "$target"/var/lib/apt/lists/* "$target"/var/cache/* "$target"/var/log/* "$target"/tmp/*
rm -rf "$target"/usr/share/{doc,man,info,locale,mysql-test,zoneinfo/right}
rm -rf "$target"/var/lib/mysql "$target"/var/lib/postgresql "$target"/etc/mysql/debian.cnf "$target"/etc/machine-id
rm -rf "$target"/run/* "$target"/dev/*

# Debian's server settings bind to loopback only; the image listens on all addresses.
rm -f "$target"/etc/mysql/mariadb.conf.d/{50-server,60-galera}.cnf
cat > "$target/etc/mysql/mariadb.conf.d/05-image.cnf" <<'CNF'
[mariadbd]
bind-address = *
skip-name-resolve
host-cache-size = 0
character-set-server = utf8mb4
collation-server = utf8mb4_general_ci
CNF

# Any user may initialise a server here: the data directories and the socket
# directories are open, like /tmp, until a volume is mounted over them.
install -d -o 999 -g 999 -m 1777 "$target/var/lib/mysql" "$target/run/mysqld"
install -d -o 999 -g 999 -m 1777 "$target/var/lib/postgresql/data" "$target/run/postgresql"
chown 999:999 "$target/var/lib/postgresql"
install -d -m 755 "$target/docker-entrypoint-initdb.d"
for tool in "$target"/usr/lib/postgresql/*/bin/*; do
  ln -sf "${tool#"$target"}" "$target/usr/local/bin/${tool##*/}"
done
