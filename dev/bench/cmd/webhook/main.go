// Command webhook measures `muster webhook` and the floor below it: the same server with a constant
// answer. It prints a table and writes one flat JSON object.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"muster.dev/bench/corpus"
	"muster.dev/bench/load"
	"muster.dev/bench/process"
)

const (
	path        = "/v1/mutate/warn"
	connections = 64
	distinct    = 10_000
	pairRate    = 1_000 // at which the costs are compared
)

var (
	rates  = flag.String("rates", "100,500,1000,2000", "reviews a second to offer")
	work   = flag.String("work", "target/bench", "where to write results and logs")
	folder = flag.String("manifests", "", "folder of the manifests that reviews are made of")
	muster = flag.String("muster", "bin/muster", "the program to measure")
	config = flag.String("config", "", "its muster.yaml")
	floor  = flag.String("floor", "", "command of the floor; PORT HEALTH-PORT TRUST-OUT BYTES are added")
	warm   = flag.Duration("warm", 5*time.Second, "load before each measurement")
	length = flag.Duration("length", 20*time.Second, "length of each measurement")
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench-webhook:", err)
		os.Exit(1)
	}
}

func run() error {
	bodies, err := corpus.Reviews(*folder, distinct, 1)
	if err != nil {
		return err
	}
	fmt.Printf("%d distinct reviews, %d bytes on average; %d connections; floor: a constant answer\n\n",
		distinct, len(bytes.Join(bodies, nil))/distinct, connections)
	fmt.Printf("%-8s %9s %9s %9s %9s %9s %9s %9s %7s\n",
		"server", "offered", "answered", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "CPU s/k", "errors")
	quick, err := measureMuster("quick", bodies)
	if err != nil {
		return err
	}
	ours, err := measureMuster("full", bodies)
	if err != nil {
		return err
	}
	below, err := measureFloor(bodies, ours.answer)
	if err != nil {
		return err
	}
	return report(ours, quick, below)
}

// figures are what one server showed.
type figures struct {
	at       map[int]load.Result
	cpu      map[int]float64 // seconds of processor time for 1,000 reviews
	max      load.Result
	answer   int // bytes of the average answer
	ready    time.Duration
	memory   int64
	perCall  float64 // bytes allocated for a review
	problems int
}

// measureMuster runs `muster webhook` with Java's two compilers, or the first alone as the chart has it.
func measureMuster(compiler string, bodies [][]byte) (figures, error) {
	trust := filepath.Join(*work, "ca.pem")
	right := func(answer []byte) bool {
		return bytes.Contains(answer, []byte(`"allowed":true`)) && !bytes.Contains(answer, []byte(`"broken"`))
	}
	var offered []int
	for text := range strings.SplitSeq(*rates, ",") {
		rate, err := strconv.Atoi(text)
		if err != nil {
			return figures{}, fmt.Errorf("-rates: %w", err)
		}
		offered = append(offered, rate)
	}
	return measure(compiler, offered, trust, right, bodies,
		"env", "MUSTER_COMPILER="+compiler, *muster, "webhook", "--listen", "127.0.0.1:18443", "--health-port", "18080",
		"--self-signed", "--trust-out", trust, "--config", *config)
}

func measureFloor(bodies [][]byte, answer int) (figures, error) {
	trust := filepath.Join(*work, "floor.pem")
	command := append(strings.Fields(*floor), "18443", "18080", trust, fmt.Sprint(answer))
	right := func(body []byte) bool { return len(body) == answer }
	return measure("floor", []int{pairRate}, trust, right, bodies, command...)
}

func measure(name string, rates []int, trust string, right func([]byte) bool, bodies [][]byte, command ...string) (figures, error) {
	log, err := os.Create(filepath.Join(*work, name+".log"))
	if err != nil {
		return figures{}, err
	}
	defer log.Close()
	server, err := process.Start("http://127.0.0.1:18080", log, command...)
	if err != nil {
		return figures{}, err
	}
	defer server.Stop()
	authorities, err := pool(trust)
	if err != nil {
		return figures{}, err
	}
	target := load.Target{
		Address: "127.0.0.1:18443", Path: path, Right: right,
		TLS: &tls.Config{RootCAs: authorities, ServerName: "localhost", MinVersion: tls.VersionTLS12},
	}
	calls, err := load.Dial(target, connections)
	if err != nil {
		return figures{}, err
	}
	defer calls.Close()
	found := figures{ready: server.Ready, at: map[int]load.Result{}, cpu: map[int]float64{}}
	for _, rate := range rates {
		calls.Open(bodies, rate, *warm)
		phase := func() load.Result { return calls.Open(bodies, rate, *length) }
		if err := found.add(name, rate, server, phase); err != nil {
			return found, err
		}
	}
	calls.Closed(bodies, *warm)
	phase := func() load.Result { return calls.Closed(bodies, *length) }
	if err := found.add(name, 0, server, phase); err != nil {
		return found, err
	}
	found.memory, err = server.PeakMemory()
	return found, err
}

// spent is what a server has used since it began.
type spent struct {
	cpu       time.Duration
	allocated float64 // bytes
}

func spentBy(server *process.Process) (spent, error) {
	cpu, err := server.CPU()
	if err != nil {
		return spent{}, err
	}
	allocated, err := server.Metric("jvm_gc_memory_allocated_bytes_total")
	return spent{cpu, allocated}, err
}

// add runs a phase; rate 0 is as fast as possible.
func (f *figures) add(name string, rate int, server *process.Process, phase func() load.Result) error {
	before, err := spentBy(server)
	if err != nil {
		return err
	}
	result := phase()
	after, err := spentBy(server)
	if err != nil {
		return err
	}
	if result.FirstError != nil {
		fmt.Printf("%s: first error: %v\n", name, result.FirstError)
	}
	answered := len(result.Latencies)
	if answered == 0 {
		return fmt.Errorf("%s answered nothing at %d reviews a second: %w", name, rate, result.FirstError)
	}
	cost := (after.cpu - before.cpu).Seconds() * 1000 / float64(answered)
	offered := "all"
	if rate == 0 {
		f.max = result
	} else {
		offered, f.at[rate], f.cpu[rate] = fmt.Sprint(rate), result, cost
	}
	if rate == pairRate {
		f.answer = int(result.Bytes) / answered
		f.perCall = (after.allocated - before.allocated) / float64(answered)
	}
	f.problems += result.Errors
	fmt.Printf("%-8s %9s %9.0f %9.2f %9.2f %9.2f %9.2f %9.2f %7d\n", name, offered, result.PerSecond(),
		milliseconds(result.At(.5)), milliseconds(result.At(.9)), milliseconds(result.At(.99)),
		milliseconds(result.At(.999)), cost, result.Errors)
	return nil
}

func report(ours, quick, below figures) error {
	at := ours.at[pairRate]
	values := map[string]float64{
		"p50_ms_at_1000":          milliseconds(at.At(.5)),
		"p90_ms_at_1000":          milliseconds(at.At(.9)),
		"p99_ms_at_1000":          milliseconds(at.At(.99)),
		"p999_ms_at_1000":         milliseconds(at.At(.999)),
		"max_rps":                 math.Round(ours.max.PerSecond()),
		"cpu_s_per_1000":          round(ours.cpu[pairRate]),
		"rss_mb":                  round(float64(ours.memory) / (1 << 20)),
		"ready_s":                 round(ours.ready.Seconds()),
		"allocated_kb_per_review": round(ours.perCall / 1024),
		"quick_p50_ms_at_1000":    milliseconds(quick.at[pairRate].At(.5)),
		"quick_p99_ms_at_1000":    milliseconds(quick.at[pairRate].At(.99)),
		"quick_max_rps":           math.Round(quick.max.PerSecond()),
		"quick_cpu_s_per_1000":    round(quick.cpu[pairRate]),
		"quick_rss_mb":            round(float64(quick.memory) / (1 << 20)),
		"quick_errors":            float64(quick.problems),
		"quick_ready_s":           round(quick.ready.Seconds()),
		"cpu_ratio_to_floor":      round(ours.cpu[pairRate] / below.cpu[pairRate]),
		"floor_cpu_s_per_1000":    round(below.cpu[pairRate]),
		"floor_max_rps":           math.Round(below.max.PerSecond()),
		"floor_p50_ms_at_1000":    milliseconds(below.at[pairRate].At(.5)),
		"floor_p99_ms_at_1000":    milliseconds(below.at[pairRate].At(.99)),
		"errors":                  float64(ours.problems + below.problems),
	}
	fmt.Printf("\nready after %.2f s; %.0f MB resident at most; %.0f KiB allocated for a review\n",
		values["ready_s"], values["rss_mb"], values["allocated_kb_per_review"])
	fmt.Printf("a review costs %.1f times the floor\n", values["cpu_ratio_to_floor"])
	text, err := json.MarshalIndent(values, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(*work, "webhook.json"), append(text, '\n'), 0o644); err != nil {
		return err
	}
	if values["errors"] > 0 {
		return fmt.Errorf("%.0f reviews were not answered rightly", values["errors"])
	}
	return nil
}

func pool(file string) (*x509.CertPool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	authorities := x509.NewCertPool()
	if !authorities.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s holds no certificate", file)
	}
	return authorities, nil
}

func milliseconds(d time.Duration) float64 {
	return round(float64(d.Microseconds()) / 1000)
}

func round(value float64) float64 {
	return math.Round(value*1000) / 1000
}
