//go:build system

package netpol

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestMain moves the tests into a network of their own, so that the machine's is
// never touched.
func TestMain(m *testing.M) {
	if os.Getenv("OWN_NETWORK") == "" {
		arguments := append([]string{"unshare", "--net", "--mount", "env", "OWN_NETWORK=1"}, os.Args...)
		path, err := exec.LookPath("unshare")
		if err == nil {
			err = syscall.Exec(path, arguments, os.Environ())
		}
		fmt.Fprintln(os.Stderr, "cannot make a network of its own:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func sh(t *testing.T, script string) string {
	t.Helper()
	out, err := exec.Command("sh", "-ec", script).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", script, err, out)
	}
	return string(out)
}

// network has the three Pods of the world on one bridge, each listening on 5432.
func network(t *testing.T) {
	t.Helper()
	sh(t, `mount -t tmpfs tmpfs /run; mkdir -p /run/netns
	  ip link set lo up
	  ip link add pods type bridge; ip addr add 10.0.0.254/24 dev pods; ip link set pods up
	  for i in 1 2 3; do
	    ip netns add p$i
	    ip link add v$i type veth peer name eth0 netns p$i
	    ip link set v$i master pods up
	    ip -n p$i addr add 10.0.0.$i/24 dev eth0
	    ip -n p$i link set eth0 up; ip -n p$i link set lo up
	    ip -n p$i route add default via 10.0.0.254
	  done`)
	for _, where := range []string{"ip netns exec p1 ", "ip netns exec p2 ", "ip netns exec p3 ", ""} {
		server := exec.Command("sh", "-c", "exec "+where+`python3 -c '
import socket
s = socket.create_server(("0.0.0.0", 5432))
while True: s.accept()[0].close()'`)
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { server.Process.Kill(); server.Wait() })
	}
	for _, to := range []string{"1", "2", "3", "254"} {
		sh(t, "for n in $(seq 50); do "+connect(to)+" && exit 0; sleep 0.1; done; exit 1")
	}
}

// connect is a command that succeeds once the server takes a connection.
func connect(to string) string {
	return "timeout 2 bash -c ': < /dev/tcp/10.0.0." + to + "/5432' 2>/dev/null"
}

func opens(from, to string) bool {
	script := connect(to)
	if from != "node" {
		script = "ip netns exec p" + from + " " + script
	}
	return exec.Command("sh", "-c", script).Run() == nil
}

func expect(t *testing.T, want string) {
	t.Helper()
	var got []string
	for _, way := range []string{"2>1", "3>1", "1>2", "1>254", "2>254", "node>1"} {
		from, to, _ := strings.Cut(way, ">")
		if opens(from, to) {
			got = append(got, way)
		}
	}
	if strings.Join(got, " ") != want {
		t.Errorf("open: %s; want: %s", strings.Join(got, " "), want)
	}
}

func apply(t *testing.T, w World) {
	t.Helper()
	script, err := Ruleset(w)
	if err == nil {
		err = nft(script)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, script)
	}
}

func TestKernelDoesWhatThePoliciesSay(t *testing.T) {
	network(t)
	const everything = "2>1 3>1 1>2 1>254 2>254 node>1"
	deny := policy(t, "shop", "deny", `{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress, Egress]}`)
	allow := policy(t, "shop", "allow", `{podSelector: {matchLabels: {app: db}},
	  ingress: [{from: [{podSelector: {matchLabels: {app: client}}}], ports: [{port: db}]}]}`)
	out := policy(t, "shop", "out", `{podSelector: {matchLabels: {app: db}},
	  egress: [{to: [{podSelector: {matchLabels: {app: client}}}]}], policyTypes: [Egress]}`)

	expect(t, everything)
	apply(t, world(deny))
	expect(t, "2>254 node>1")
	apply(t, world(deny, allow))
	expect(t, "2>1 2>254 node>1")
	apply(t, world(deny, allow, out))
	expect(t, "2>1 1>2 2>254 node>1")
	for range 2 {
		if err := Remove(); err != nil {
			t.Fatal(err)
		}
	}
	expect(t, everything)
	if left := sh(t, "nft list ruleset"); strings.Contains(left, Table) {
		t.Errorf("left: %s", left)
	}
}
