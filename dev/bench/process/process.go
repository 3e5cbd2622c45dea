// Package process runs a server and reads what it costs.
package process

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const ticksPerSecond = 100 // USER_HZ, the same on every Linux

// Process is a server that was started here.
type Process struct {
	cmd    *exec.Cmd
	ended  chan struct{}
	health string
	Ready  time.Duration // from its start until it said so
}

// Start runs command and waits until its health address (http://host:port) says ready.
func Start(health string, log *os.File, command ...string) (*Process, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	start := time.Now()
	process := &Process{cmd: cmd, health: health, ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		// Linux means the death of the thread that started it: this one stays.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // how it ended is in its log
			close(process.ended)
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	for time.Since(start) < time.Minute {
		answer, err := http.Get(health + "/readyz")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				process.Ready = time.Since(start)
				return process, nil
			}
		}
		select {
		case <-process.ended:
			return nil, fmt.Errorf("%s ended before it was ready, see %s", command[0], log.Name())
		case <-time.After(5 * time.Millisecond):
		}
	}
	process.Stop()
	return nil, fmt.Errorf("%s was not ready within a minute, see %s", command[0], log.Name())
}

// Stop ends it and waits.
func (p *Process) Stop() {
	_ = p.cmd.Process.Kill() // fails only where it has ended
	<-p.ended
}

// CPU is the processor time that it has used so far.
func (p *Process) CPU() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), ") ") // the name before it may hold blanks
	fields := strings.Fields(rest)
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / ticksPerSecond, err
}

// PeakMemory is the most that was resident, in bytes.
func (p *Process) PeakMemory() (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, found := strings.Cut(string(text), "VmHWM:")
	if !found {
		return 0, fmt.Errorf("no VmHWM in the status of process %d", p.cmd.Process.Pid)
	}
	kilobytes, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	return kilobytes << 10, err
}

// Metric sums the samples of a metric over its labels.
func (p *Process) Metric(name string) (float64, error) {
	answer, err := http.Get(p.health + "/metrics")
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	sum, found := 0.0, false
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if line := lines.Text(); strings.HasPrefix(line, name+" ") || strings.HasPrefix(line, name+"{") {
			value, err := strconv.ParseFloat(line[strings.LastIndexByte(line, ' ')+1:], 64)
			if err != nil {
				return 0, err
			}
			sum, found = sum+value, true
		}
	}
	if !found {
		return 0, fmt.Errorf("%s has no metric %s", p.health, name)
	}
	return sum, nil
}
