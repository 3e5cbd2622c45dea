# METADATA
# title: Engines
# description: What an engine's container looks like, and what may be said to Velero about it.
package muster.engines

# A hook is listed only if a test with a writer shows that a restore of what was captured behind it
# comes up with every committed row; it ends by itself within 30 s and holds no secret.
known := {
	"postgresql": {
		"images": {"postgres", "postgresql", "postgis", "pgvector", "timescaledb", "timescaledb-ha"},
		"ports": {5432},
		"environment": {"POSTGRES_PASSWORD", "POSTGRES_DB", "POSTGRES_INITDB_ARGS", "PGDATA", "POSTGRESQL_PASSWORD"},
		"mounts": {"/var/lib/postgresql", "/var/lib/postgresql/data", "/bitnami/postgresql"},
		"hook": {
			"name": "checkpoint",
			"command": `["/bin/sh","-c","psql -qAtX -U \"${POSTGRES_USER:-postgres}\" -d postgres -c CHECKPOINT"]`,
			"timeout": "30s",
		},
	},
	"mariadb": {
		"images": {"mariadb", "mariadb-galera", "mariadb-server"},
		"ports": {3306},
		"environment": {"MARIADB_ROOT_PASSWORD", "MARIADB_DATABASE", "MARIADB_USER", "MARIADB_RANDOM_ROOT_PASSWORD"},
		"mounts": {"/var/lib/mysql", "/bitnami/mariadb"},
	},
	"mysql": {
		"images": {"mysql", "mysql-server", "percona-server", "percona"},
		"ports": {3306, 33060},
		"environment": {"MYSQL_ROOT_PASSWORD", "MYSQL_DATABASE", "MYSQL_RANDOM_ROOT_PASSWORD"},
		"mounts": {"/var/lib/mysql", "/bitnami/mysql"},
	},
	"redis": {
		"images": {"redis", "redis-stack", "redis-stack-server", "valkey", "keydb"},
		"ports": {6379},
		"environment": {"REDIS_PASSWORD", "VALKEY_PASSWORD", "ALLOW_EMPTY_PASSWORD"},
		"mounts": {"/data", "/bitnami/redis", "/bitnami/valkey"},
	},
	"mongodb": {
		"images": {"mongo", "mongodb", "percona-server-mongodb", "mongodb-community-server", "mongodb-enterprise-server"},
		"ports": {27017},
		"environment": {"MONGO_INITDB_ROOT_PASSWORD", "MONGO_INITDB_DATABASE", "MONGODB_ROOT_PASSWORD"},
		"mounts": {"/data/db", "/bitnami/mongodb"},
	},
	"etcd": {
		"images": {"etcd"},
		"ports": {2379, 2380},
		"environment": {"ETCD_DATA_DIR", "ETCD_NAME", "ETCD_INITIAL_CLUSTER"},
		"mounts": {"/var/lib/etcd", "/bitnami/etcd", "/etcd-data"},
	},
}
