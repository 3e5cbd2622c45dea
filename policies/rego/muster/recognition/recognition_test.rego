package muster.recognition_test

import data.muster.recognition
import data.muster.signals as table

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
	asked := workload([container("own-build", [5432], [], [])])
	recognition.confidence == "low" with input as asked
	recognition.sure == "" with input as asked
}

test_a_vendors_name_needs_another_signal if {
	recognition.confidence == "low" with input as workload([container("acme-postgres-15", [], [], [])])
	recognition.sure == "postgresql" with input as workload([container("acme-postgres-15", [5432], [], [])])
}

test_what_is_beside_an_engine_is_none if {
	asked := workload([container("postgres-exporter", [5432], ["POSTGRES_DB"], [])])
	recognition.engine == "" with input as asked
}

test_a_clients_environment_says_nothing if {
	asked := workload([container("own-build", [5432], ["POSTGRES_PASSWORD", "POSTGRES_HOST"], [])])
	recognition.confidence == "low" with input as asked
	recognition.reason == "port 5432" with input as asked
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
	every image, engine in table.images {
		recognition.sure == engine with input as workload([container(image, [], [], [])])
	}
}
