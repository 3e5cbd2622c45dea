package muster.recognition_test

import data.muster.recognition

container(image, ports, environment, mounts) := {
	"name": "db",
	"image": image,
	"ports": ports,
	"environment": environment,
	"mounts": mounts,
}

workload(containers) := {"contract": {"engine": "auto"}, "containers": containers}

test_image_is_sure if {
	asked := workload([container("postgres", [], [], [])])
	recognition.sure == "postgresql" with input as asked
	recognition.reason == "image postgres" with input as asked
	recognition.container == "db" with input as asked
}

test_two_other_signals_are_sure if {
	asked := workload([container("own-build", [5432], [], ["/var/lib/postgresql/data"])])
	recognition.confidence == "high" with input as asked
	recognition.reason == "port 5432, mount /var/lib/postgresql/data" with input as asked
}

test_a_port_alone_is_not_sure if {
	asked := workload([container("pgbouncer", [5432], [], [])])
	recognition.confidence == "low" with input as asked
	recognition.sure == "" with input as asked
}

test_equal_engines_are_none if {
	asked := workload([container("postgres", [], [], []), container("redis", [], [], [])])
	recognition.engine == "" with input as asked
	recognition.reason == "two engines look equally likely" with input as asked
}

test_the_workload_has_the_last_word if {
	asked := {"contract": {"engine": "mariadb"}, "containers": [container("postgres", [], [], [])]}
	recognition.sure == "mariadb" with input as asked
	recognition.confidence == "said" with input as asked
	recognition.container == "" with input as asked
}

test_none_recognises_nothing if {
	asked := {"contract": {"engine": "none"}, "containers": [container("postgres", [], [], [])]}
	recognition.engine == "" with input as asked
	recognition.confidence == "none" with input as asked
}

test_every_engine_by_its_image if {
	images := {
		"postgresql": "postgres",
		"mariadb": "mariadb",
		"mysql": "mysql",
		"redis": "valkey",
		"mongodb": "mongo",
		"etcd": "etcd",
	}
	every engine, image in images {
		recognition.sure == engine with input as workload([container(image, [], [], [])])
	}
}
