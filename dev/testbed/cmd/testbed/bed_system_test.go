//go:build system

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"muster.dev/testbed/layout"
	"muster.dev/testbed/machine"
)

const pods = `
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: web
    image: muster.test/busybox:dev
    imagePullPolicy: Never
    command: [sh, -c, 'echo serving; while true; do printf "HTTP/1.0 200 OK\r\n\r\nhello\n" | nc -l -p 8080; done']
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: client
    image: muster.test/busybox:dev
    imagePullPolicy: Never
    command: [sleep, "3600"]
    volumeMounts: [{name: data, mountPath: /data}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
`

const denyAll = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
`

// bench is a bed with a root and a network namespace of its own, so that the
// standard bed of the machine goes on undisturbed.
type bench struct {
	t   *testing.T
	bed layout.Bed
}

// newBench keeps the test on one thread: namespaces belong to threads, and
// every command is started from this one.
func newBench(t *testing.T) bench {
	t.Helper()
	runtime.LockOSThread()
	if err := syscall.Unshare(syscall.CLONE_NEWNET); err != nil {
		t.Fatal(err)
	}
	// Not t.TempDir: socket paths have at most 108 bytes.
	root, err := os.MkdirTemp("", "bed")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("MUSTER_TESTBED_ROOT", root)
	b := bench{t, layout.Under(root)}
	t.Cleanup(func() {
		b.testbed("down")
		if err := os.Remove(root); err != nil {
			t.Error(err)
		}
	})
	b.testbed("up")
	return b
}

// TestNode is one bed and what holds in turn: each bed more would cost half a minute of processors.
func TestNode(t *testing.T) {
	b := newBench(t)

	for _, step := range []struct {
		name string
		hold func(bench)
	}{
		{"runs Pods", bench.serve},
		{"enforces network policies only while it is asked to", bench.deny},
		{"comes up again after everything was killed", bench.rise},
		{"leaves nothing behind", bench.leave},
	} {
		t.Log(step.name)
		step.hold(b)
	}
}

func (b bench) deny() {
	b.t.Helper()
	b.kubectl(denyAll, "apply", "-f", "-")
	b.kubectl("", "exec", "client", "--", "sh", "-c",
		"for i in $(seq 20); do timeout 2 wget -qO- http://web/ || exit 0; sleep 1; done; exit 1")

	b.testbed("netpol", "off")

	b.expect("hello", "exec", "client", "--", "timeout", "5", "wget", "-qO-", "http://web/")
	b.kubectl("", "delete", "networkpolicy", "deny")
}

func (b bench) rise() {
	b.t.Helper()
	records, err := filepath.Glob(b.bed.RunPath("processes", "*.json"))
	if err != nil || len(records) < 10 {
		b.t.Fatalf("records %v, %v", records, err)
	}
	for _, file := range records {
		var process struct{ PID int }
		content, err := os.ReadFile(file)
		if err != nil || json.Unmarshal(content, &process) != nil {
			b.t.Fatalf("%s: %v", file, err)
		}
		if err := syscall.Kill(process.PID, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
			b.t.Fatalf("%s: %v", file, err)
		}
	}

	b.testbed("up")

	b.serve()
}

func (b bench) leave() {
	b.t.Helper()
	b.testbed("down")
	if left := machine.Left(b.bed); len(left) > 0 {
		b.t.Fatalf("left: %v", left)
	}
}

// serve sees a Pod run, answer by name through its service, log, write to a
// volume, and reach the API server and the store by certificates it can check.
func (b bench) serve() {
	b.t.Helper()
	b.kubectl(pods, "apply", "-f", "-")
	b.kubectl("", "wait", "--for=condition=Ready", "pod", "--all", "--timeout=90s")
	b.expect("serving", "logs", "web")
	b.expect("hello", "exec", "client", "--", "timeout", "5", "wget", "-qO-", "http://web/")
	b.expect("kept", "exec", "client", "--", "sh", "-c", "echo kept > /data/file && cat /data/file")
	ca, err := os.ReadFile(b.bed.StoreCA())
	if err != nil {
		b.t.Fatal(err)
	}
	// Not by standard input: containerd may close it before it was read (its issue 12734).
	b.kubectl("", "exec", "client", "--", "sh", "-c", `printf %s "$0" > /tmp/ca.crt`, string(ca))
	for host, port := range map[string]string{"kubernetes.default.svc": "443", layout.StoreName: "7070"} {
		b.expect("Verification: OK", "exec", "client", "--", "sh", "-c",
			"openssl s_client -brief -verify_return_error -CAfile /tmp/ca.crt -verify_hostname "+host+
				" -connect "+host+":"+port+" </dev/null 2>&1")
	}
}

func (b bench) expect(want string, args ...string) {
	b.t.Helper()
	if got := b.kubectl("", args...); !strings.Contains(got, want) {
		b.t.Fatalf("kubectl %v: %q is not in %q", args, want, got)
	}
}

func (b bench) kubectl(input string, args ...string) string {
	b.t.Helper()
	path := strings.TrimSpace(b.run("", "../../../tools/path", "kubectl"))
	return b.run(input, path, append([]string{"--kubeconfig", b.bed.Kubeconfig()}, args...)...)
}

func (b bench) testbed(args ...string) { b.t.Helper(); b.run("", "../../testbed", args...) }

func (b bench) run(input, path string, args ...string) string {
	b.t.Helper()
	command := exec.Command(path, args...)
	command.Stdin = strings.NewReader(input)
	var problems bytes.Buffer
	command.Stderr = &problems
	out, err := command.Output()
	if err != nil {
		b.t.Fatalf("%s %v: %v\n%s%s", path, args, err, out, problems.String())
	}
	return string(out)
}
