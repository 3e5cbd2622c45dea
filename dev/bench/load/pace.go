package load

import (
	"runtime"
	"syscall"
	"time"
)

const setTimerSlack = 29 // PR_SET_TIMERSLACK of prctl(2)

// pace sends the moment at which each request is due, then closes. A thread of its own sleeps with
// the kernel's precision: timers of the Go runtime are up to a millisecond late.
func pace(due chan<- time.Time, rate int, length time.Duration) {
	runtime.LockOSThread()
	defer close(due)
	syscall.RawSyscall(syscall.SYS_PRCTL, setTimerSlack, 1, 0)
	start := time.Now()
	every := time.Second / time.Duration(rate)
	for at := time.Duration(0); at < length; at += every {
		sleepUntil(start.Add(at))
		due <- start.Add(at)
	}
}

func sleepUntil(at time.Time) {
	for left := time.Until(at); left > 0; left = time.Until(at) {
		span := syscall.NsecToTimespec(int64(left))
		_ = syscall.Nanosleep(&span, nil) // a signal ends it early: the loop goes on
	}
}
