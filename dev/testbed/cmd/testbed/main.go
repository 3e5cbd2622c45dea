// testbed is a real single-node Kubernetes cluster, built from source, on this machine.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

const usage = `usage: testbed VERB

  build                 everything the bed needs: tools and, as root on Debian, packages
  up                    the cluster; clears first what a killed run left
  down                  ends it and leaves the machine as it was
  status                what runs
  env                   shell exports for the running bed
  load ARCHIVE.tar...   image archives (OCI or Docker) into the node
  stop NAME             ends one process in order
  kill NAME             ends one process as a crash would
  start NAME            starts one process that ended
  netpol on|off         whether the network enforces NetworkPolicy
  apiserver up DIR      only an API server and an object store, without root; prints its exports
  apiserver down DIR    ends it and removes DIR

With MUSTER_CLUSTER=external the cluster of KUBECONFIG is used: up, down and load do nothing.
`

type verb struct {
	arguments func(int) bool
	run       func(context.Context, []string) error
}

var verbs = map[string]verb{
	"build":     {none, build},
	"up":        {none, up},
	"down":      {none, down},
	"status":    {none, status},
	"env":       {none, env},
	"load":      {some, load},
	"stop":      {one, stop},
	"kill":      {one, kill},
	"start":     {one, start},
	"netpol":    {one, netpol},
	"apiserver": {two, apiserver},
}

func none(n int) bool { return n == 0 }
func one(n int) bool  { return n == 1 }
func two(n int) bool  { return n == 2 }
func some(n int) bool { return n > 0 }

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	if len(os.Args) < 2 {
		fail(usage)
	}
	verb, known := verbs[os.Args[1]]
	if !known || !verb.arguments(len(os.Args)-2) {
		fail(usage)
	}
	if err := verb.run(ctx, os.Args[2:]); err != nil {
		fail("testbed " + strings.Join(os.Args[1:], " ") + ": " + err.Error() + "\n")
	}
}

func fail(text string) {
	fmt.Fprint(os.Stderr, text)
	os.Exit(1)
}
