package netpol

import (
	"context"
	"fmt"
	"log"
	"os/exec"
	"strings"
	"time"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
)

// settle is how long a burst of events is gathered before one update.
const settle = 50 * time.Millisecond

// Enforce keeps the node's rules equal to the cluster's policies until the
// context ends, and then removes them. Rules of an earlier run stay in force
// until the first complete view of the cluster replaces them.
func Enforce(ctx context.Context, client kubernetes.Interface, outside ...*core.Pod) error {
	view, changed, err := watch(ctx, client, outside)
	if err != nil {
		return err
	}
	defer func() {
		if err := Remove(); err != nil {
			log.Print(err)
		}
	}()
	var inForce string
	for {
		script, err := view()
		if err != nil {
			log.Printf("rules stay as they were: %v", err)
		} else if script != inForce {
			if err := nft(script); err != nil {
				log.Printf("rules stay as they were: %v", err)
			} else {
				inForce = script
				log.Printf("enforcing %d isolations", strings.Count(script, "counter drop"))
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(settle):
		}
	}
}

// Remove leaves no rule behind; it is fine if there is none.
func Remove() error { return nft(Removal) }

// watch gives the current rules on demand and a signal after each change.
func watch(
	ctx context.Context, client kubernetes.Interface, outside []*core.Pod,
) (func() (string, error), <-chan struct{}, error) {
	factory := informers.NewSharedInformerFactory(client, 0)
	namespaces := factory.Core().V1().Namespaces()
	pods := factory.Core().V1().Pods()
	policies := factory.Networking().V1().NetworkPolicies()
	changed := make(chan struct{}, 1)
	signal := func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { signal() },
		UpdateFunc: func(any, any) { signal() },
		DeleteFunc: func(any) { signal() },
	}
	for _, informer := range []cache.SharedIndexInformer{namespaces.Informer(), pods.Informer(), policies.Informer()} {
		if _, err := informer.AddEventHandler(handler); err != nil {
			return nil, nil, err
		}
	}
	factory.Start(ctx.Done())
	for kind, synced := range factory.WaitForCacheSync(ctx.Done()) {
		if !synced {
			return nil, nil, fmt.Errorf("stopped before %v were read", kind)
		}
	}
	view := func() (string, error) {
		w := World{Outside: outside}
		var err error
		if w.Namespaces, err = namespaces.Lister().List(labels.Everything()); err != nil {
			return "", err
		}
		if w.Pods, err = pods.Lister().List(labels.Everything()); err != nil {
			return "", err
		}
		if w.Policies, err = policies.Lister().List(labels.Everything()); err != nil {
			return "", err
		}
		return Ruleset(w)
	}
	return view, changed, nil
}

func nft(script string) error {
	c := exec.Command("nft", "-f", "-")
	c.Stdin = strings.NewReader(script)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("nft: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}
