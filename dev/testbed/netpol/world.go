package netpol

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// World is all that decides what may talk to what.
type World struct {
	Namespaces []*core.Namespace
	Pods       []*core.Pod
	Policies   []*networking.NetworkPolicy
	// Outside are programs of the node that a Pod stands for elsewhere, like the
	// cluster's DNS: peers of policies, never isolated themselves.
	Outside []*core.Pod
}

// DNS stands for the cluster's name server, which runs beside the Pods.
func DNS(address string) *core.Pod {
	labels := map[string]string{"k8s-app": "kube-dns", "app.kubernetes.io/name": "coredns"}
	return &core.Pod{
		ObjectMeta: meta.ObjectMeta{Namespace: meta.NamespaceSystem, Name: "dns", Labels: labels},
		Spec: core.PodSpec{Containers: []core.Container{{Ports: []core.ContainerPort{
			{Name: "dns", ContainerPort: 53, Protocol: core.ProtocolUDP},
			{Name: "dns-tcp", ContainerPort: 53, Protocol: core.ProtocolTCP},
		}}}},
		Status: core.PodStatus{PodIP: address, Phase: core.PodRunning},
	}
}

// reachable tells that a Pod has an address of its own on the Pod network.
func reachable(pod *core.Pod) bool {
	finished := pod.Status.Phase == core.PodSucceeded || pod.Status.Phase == core.PodFailed
	address, err := netip.ParseAddr(pod.Status.PodIP)
	return err == nil && address.Is4() && !pod.Spec.HostNetwork && !finished
}

// sortedPods are the reachable Pods in the order of their names, so that the
// same world always gives the same rules. An address belongs to one of them: a
// Pod that is going may still show one that its successor has.
func (w World) sortedPods() []*core.Pod {
	owners := map[string]*core.Pod{}
	for _, pod := range w.Pods {
		if !reachable(pod) {
			continue
		}
		if other := owners[pod.Status.PodIP]; other == nil || other.DeletionTimestamp != nil {
			owners[pod.Status.PodIP] = pod
		}
	}
	return slices.SortedFunc(maps.Values(owners), func(a, b *core.Pod) int {
		return strings.Compare(a.Namespace+"/"+a.Name, b.Namespace+"/"+b.Name)
	})
}

// selecting are the policies of one direction that isolate a Pod.
func (w World) selecting(pod *core.Pod, direction networking.PolicyType) ([]*networking.NetworkPolicy, error) {
	var found []*networking.NetworkPolicy
	for _, policy := range w.Policies {
		if policy.Namespace != pod.Namespace || !covers(policy, direction) {
			continue
		}
		hit, err := matches(&policy.Spec.PodSelector, pod.Labels)
		if err != nil {
			return nil, fmt.Errorf("policy %s/%s: %w", policy.Namespace, policy.Name, err)
		}
		if hit {
			found = append(found, policy)
		}
	}
	slices.SortFunc(found, func(a, b *networking.NetworkPolicy) int { return strings.Compare(a.Name, b.Name) })
	return found, nil
}

// covers follows the API's default: ingress always, egress if there are egress rules.
func covers(policy *networking.NetworkPolicy, direction networking.PolicyType) bool {
	if len(policy.Spec.PolicyTypes) > 0 {
		return slices.Contains(policy.Spec.PolicyTypes, direction)
	}
	return direction == networking.PolicyTypeIngress || len(policy.Spec.Egress) > 0
}

// peers are the Pods that one peer means, seen from a policy's namespace.
func (w World) peers(peer networking.NetworkPolicyPeer, home string) ([]*core.Pod, error) {
	inside := map[string]bool{home: true}
	if peer.NamespaceSelector != nil {
		inside = map[string]bool{}
		for _, namespace := range w.Namespaces {
			hit, err := matches(peer.NamespaceSelector, namespace.Labels)
			if err != nil {
				return nil, err
			}
			inside[namespace.Name] = hit
		}
	}
	var found []*core.Pod
	for _, pod := range append(w.sortedPods(), w.Outside...) {
		if !inside[pod.Namespace] {
			continue
		}
		hit := true
		if peer.PodSelector != nil {
			var err error
			if hit, err = matches(peer.PodSelector, pod.Labels); err != nil {
				return nil, err
			}
		}
		if hit {
			found = append(found, pod)
		}
	}
	return found, nil
}

func matches(selector *meta.LabelSelector, set map[string]string) (bool, error) {
	compiled, err := meta.LabelSelectorAsSelector(selector)
	if err != nil {
		return false, err
	}
	return compiled.Matches(labels.Set(set)), nil
}
