package muster.engine_test

import data.muster.engine

shape(name, image) := {
	"name": name,
	"repository": image,
	"image": image,
	"tag": "",
	"ports": [],
	"environment": [],
	"mounts": [],
}

asked(said, containers) := {"contract": {"engine": said}, "containers": containers}

test_the_container_with_the_image_holds_the_data if {
	input_ := asked("auto", [shape("sidecar", "envoy"), shape("db", "postgres")])
	engine.name == "postgresql" with input as input_
	engine.container == "db" with input as input_
	engine.confidence == "high" with input as input_
}

test_the_only_container_holds_what_the_contract_names if {
	input_ := asked("postgresql", [shape("x", "acme/unknown")])
	engine.name == "postgresql" with input as input_
	engine.container == "x" with input as input_
}

test_the_first_of_two_alike if {
	input_ := asked("auto", [shape("b", "postgres"), shape("a", "postgres")])
	engine.container == "b" with input as input_
}

test_of_several_that_show_nothing_it_is_none if {
	input_ := asked("postgresql", [shape("a", "x"), shape("b", "y")])
	engine.container == "" with input as input_
}

test_nothing_is_no_engine if {
	engine.name == "" with input as {}
	engine.container == "" with input as {}
}

test_one_weak_sign_is_no_engine if {
	weak := object.union(shape("x", "acme/unknown"), {"mounts": ["/data/db"]})
	input_ := asked("auto", [weak])
	engine.name == "" with input as input_
	engine.container == "" with input as input_
	engine.confidence == "low" with input as input_
}

test_where_images_of_the_engine_keep_data if {
	engine.directories == ["/bitnami/mongodb", "/data/db", "/var/lib/mongodb"] with input as asked("auto", [shape("db", "mongo")])
	engine.directories == [] with input as asked("auto", [shape("web", "nginx")])
}
