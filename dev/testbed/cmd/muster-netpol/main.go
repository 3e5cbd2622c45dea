// muster-netpol enforces NetworkPolicies on the test bed's node.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"os/signal"
	"syscall"

	core "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

	"muster.dev/testbed/netpol"
)

func main() {
	kubeconfig := flag.String("kubeconfig", os.Getenv("KUBECONFIG"), "an administrator's kubeconfig")
	dns := flag.String("dns", "", "address of the cluster's name server, if it runs on the node; a peer kube-system/k8s-app=kube-dns")
	cleanup := flag.Bool("cleanup", false, "remove the rules of a killed run and end")
	flag.Parse()
	log.SetFlags(log.LstdFlags | log.LUTC)
	if *cleanup {
		if err := netpol.Remove(); err != nil {
			log.Fatal(err)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		log.Fatal(err)
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		log.Fatal(err)
	}
	var outside []*core.Pod
	if *dns != "" {
		outside = append(outside, netpol.DNS(*dns))
	}
	if err := netpol.Enforce(ctx, client, outside...); err != nil {
		log.Fatal(err)
	}
}
