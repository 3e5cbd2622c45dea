// Package load asks a server over TLS at a constant rate of arrivals and measures its answers.
package load

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Target is whom to ask, and how its answers must look.
type Target struct {
	Address string // host:port
	Path    string
	TLS     *tls.Config
	Right   func(answer []byte) bool
}

// Result is what one phase measured.
type Result struct {
	Latencies  []time.Duration // of right answers, from the moment when the request was due; sorted
	Errors     int
	FirstError error
	Bytes      int64 // of all right answers' bodies
	Took       time.Duration
}

// At returns the latency that the share of all requests did not exceed.
func (r Result) At(share float64) time.Duration {
	if len(r.Latencies) == 0 {
		return 0
	}
	return r.Latencies[min(int(share*float64(len(r.Latencies))), len(r.Latencies)-1)]
}

// PerSecond is how many right answers came in a second.
func (r Result) PerSecond() float64 {
	return float64(len(r.Latencies)) / r.Took.Seconds()
}

// Load is a set of connections to a server, kept over all phases as the API server keeps its own.
type Load struct {
	callers []*caller
}

// Dial opens all connections.
func Dial(target Target, connections int) (*Load, error) {
	load := &Load{}
	for range connections {
		caller := &caller{target: target}
		if err := caller.dial(); err != nil {
			load.Close()
			return nil, err
		}
		load.callers = append(load.callers, caller)
	}
	return load, nil
}

// Close closes all connections.
func (l *Load) Close() {
	for _, caller := range l.callers {
		caller.close()
	}
}

// Open sends requests at a constant rate, whatever the answers do: a request that has to wait for a
// free connection is late from the moment when it was due.
func (l *Load) Open(bodies [][]byte, rate int, length time.Duration) Result {
	due := make(chan time.Time, rate*int(length/time.Second+1))
	go pace(due, rate, length)
	return l.run(bodies, func() (time.Time, bool) {
		at, more := <-due
		return at, more
	})
}

// Closed sends the next request of a connection as soon as its last one was answered.
func (l *Load) Closed(bodies [][]byte, length time.Duration) Result {
	end := time.Now().Add(length)
	return l.run(bodies, func() (time.Time, bool) {
		now := time.Now()
		return now, now.Before(end)
	})
}

func (l *Load) run(bodies [][]byte, next func() (time.Time, bool)) Result {
	var number atomic.Int64
	parts := make([]Result, len(l.callers))
	start := time.Now()
	var all sync.WaitGroup
	for i, caller := range l.callers {
		all.Go(func() {
			for at, more := next(); more; at, more = next() {
				body := bodies[int(number.Add(1))%len(bodies)]
				size, err := caller.ask(body)
				parts[i].add(at, size, err)
			}
		})
	}
	all.Wait()
	whole := Result{Took: time.Since(start)}
	for _, part := range parts {
		whole.Latencies = append(whole.Latencies, part.Latencies...)
		whole.Errors += part.Errors
		whole.Bytes += part.Bytes
		if whole.FirstError == nil {
			whole.FirstError = part.FirstError
		}
	}
	slices.Sort(whole.Latencies)
	return whole
}

func (r *Result) add(due time.Time, size int, err error) {
	if err != nil {
		r.Errors++
		if r.FirstError == nil {
			r.FirstError = err
		}
		return
	}
	r.Bytes += int64(size)
	r.Latencies = append(r.Latencies, time.Since(due))
}

// caller is one connection, opened anew after an error.
type caller struct {
	target Target
	conn   net.Conn
	in     *bufio.Reader
	buffer bytes.Buffer
}

func (c *caller) close() {
	if c.conn != nil {
		c.conn.Close()
		c.conn = nil
	}
}

func (c *caller) dial() error {
	conn, err := tls.Dial("tcp", c.target.Address, c.target.TLS)
	if err == nil {
		c.conn, c.in = conn, bufio.NewReaderSize(conn, 16<<10)
	}
	return err
}

// ask returns the size of the answer's body.
func (c *caller) ask(body []byte) (int, error) {
	size, err := c.exchange(body)
	if err != nil {
		c.close()
	}
	return size, err
}

func (c *caller) exchange(body []byte) (int, error) {
	if c.conn == nil {
		if err := c.dial(); err != nil {
			return 0, err
		}
	}
	if err := c.conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return 0, err
	}
	c.buffer.Reset()
	fmt.Fprintf(&c.buffer, "POST %s?timeout=2s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n", c.target.Path, c.target.Address, len(body))
	c.buffer.Write(body)
	if _, err := c.conn.Write(c.buffer.Bytes()); err != nil {
		return 0, err
	}
	answer, err := c.answer()
	if err == nil && !c.target.Right(answer) {
		err = fmt.Errorf("wrong answer: %.300s", answer)
	}
	return len(answer), err
}

func (c *caller) answer() ([]byte, error) {
	status, err := c.in.ReadSlice('\n')
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200 ")) {
		return nil, fmt.Errorf("answered %q", bytes.TrimSpace(status))
	}
	length := -1
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		name, value, found := bytes.Cut(bytes.TrimSpace(line), []byte(":"))
		if !found {
			break
		}
		if bytes.EqualFold(name, []byte("content-length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return nil, err
			}
		}
	}
	if length < 0 {
		return nil, fmt.Errorf("the answer has no length")
	}
	c.buffer.Reset()
	_, err = io.CopyN(&c.buffer, c.in, int64(length))
	return c.buffer.Bytes(), err
}
