# The entry: `make` prints this help.
SHELL := /bin/bash
MVN ?= $(shell command -v mvn || echo ./mvnw)
export MVN

.DEFAULT_GOAL := help
.PHONY: help check test image demo demo-down bench-webhook bench-audit bench-data bench-report fuzz torture peers garage renders reference screenshots format testbed-up testbed-down tools prepare

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

check: ## unit tests and static checks, anywhere, about two minutes
	$(MVN) -q test

test: ## every tier: unit, policies, real API server and stores, real node; ends with target/covers.json
	dev/test

image: ## cli/target/muster-image.tar and bin/muster, without a container engine
	dev/image/build

demo: ## the whole story on a real cluster, checked from outside; leaves the cluster up
	dev/demo/demo

demo-down: ## remove what `make demo` left
	dev/testbed/testbed down

bench-webhook: ## what an admission review costs, beside a constant answer; writes target/bench/webhook.json
	dev/bench/webhook

bench-audit: ## what a full audit costs, beside a bare list of the same objects; writes target/bench/audit.json
	dev/bench/audit

bench-data: ## what a backup and its restore cost, beside standard tools; root, rclone; writes target/bench/data.json
	dev/bench/data

bench-report: ## how fast a browser shows the audit's page; writes target/bench/report.json
	dev/bench/report

fuzz: ## an hour of hostile reviews (FUZZ_SECONDS=3600), each answer checked; writes target/fuzz.json
	dev/fuzz/webhook

torture: ## backups cut, killed and lied to by the ten thousand, judged by the second reader; writes target/bench/torture.json
	dev/torture

peers: ## Velero and K8up themselves, and the audit of what they leave; root; KEEP=--keep writes test inputs
	dev/peers/peers $(KEEP)

garage: ## a store that ignores preconditions, built by cargo, and the probe that refuses it
	$(MVN) -B -ntp -pl repository -am -Dmuster.tiers -Dmuster.st=none -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=GaragePeer -Dfailsafe.failIfNoSpecifiedTests=false verify

renders: ## the chart as each value set of charts/renders makes it; a test compares
	dev/renders

reference: ## docs/reference/rules.md and controls.md out of the Rego; a test compares
	MUSTER_WRITE_REFERENCE=1 $(MVN) -q -pl policies -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest='RulesPageTest,ControlsPageTest' test

screenshots: ## docs/images: the audit's page of a made-up cluster, in a real browser
	dev/screenshots

format: ## google-java-format, opa fmt, gofmt
	dev/format

testbed-up: prepare ## a real Kubernetes node on this machine
	dev/testbed/testbed up

testbed-down: ## take the node down without a trace
	dev/testbed/testbed down

tools: ## build the development tools (cached outside the tree)
	dev/tools/build

prepare: ## install what is missing (root on Debian), else list it
	dev/prepare
