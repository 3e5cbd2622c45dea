package netpol

import (
	"fmt"
	"slices"
	"strings"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// group is one set of peers: everyone, some Pods, or a block of addresses.
type group struct {
	everyone bool
	pods     []*core.Pod
	block    *networking.IPBlock
}

func (w World) groups(peers []networking.NetworkPolicyPeer, home string) ([]group, error) {
	if len(peers) == 0 {
		return []group{{everyone: true, pods: w.sortedPods()}}, nil
	}
	var all []group
	for _, peer := range peers {
		if peer.IPBlock != nil {
			all = append(all, group{block: peer.IPBlock})
			continue
		}
		pods, err := w.peers(peer, home)
		if err != nil {
			return nil, err
		}
		all = append(all, group{pods: pods})
	}
	return all, nil
}

// lines are the matches of one rule for one group of peers. A named port is the
// receiver's: the Pod itself for ingress, each peer for egress.
func (d direction) lines(subject *core.Pod, g group, ports []networking.NetworkPolicyPort) []string {
	if len(ports) == 0 {
		return g.with(d, "")
	}
	var all []string
	for _, port := range ports {
		protocol := protocolOf(port.Protocol)
		switch {
		case port.Port == nil:
			all = append(all, g.with(d, "meta l4proto "+protocol)...)
		case port.Port.Type == intstr.Int:
			all = append(all, g.with(d, destination(protocol, port.Port.IntVal, port.EndPort))...)
		case d.kind == networking.PolicyTypeIngress:
			for _, number := range named(subject, port.Port.StrVal, protocol) {
				all = append(all, g.with(d, destination(protocol, number, nil))...)
			}
		default:
			for _, peer := range g.pods {
				for _, number := range named(peer, port.Port.StrVal, protocol) {
					one := group{pods: []*core.Pod{peer}}
					all = append(all, one.with(d, destination(protocol, number, nil))...)
				}
			}
		}
	}
	return all
}

// with joins a match of the peers and a match of the port; nobody gives no line.
func (g group) with(d direction, port string) []string {
	address := ""
	switch {
	case g.everyone:
	case g.block != nil:
		// An IPv6 block is right in a cluster with both families; this network has one.
		if strings.Contains(g.block.CIDR, ":") {
			return nil
		}
		address = fmt.Sprintf("ip %s %s", d.peer, g.block.CIDR)
		if len(g.block.Except) > 0 {
			address += fmt.Sprintf(" ip %s != { %s }", d.peer, strings.Join(g.block.Except, ", "))
		}
	case len(g.pods) == 0:
		return nil
	default:
		address = fmt.Sprintf("ip %s { %s }", d.peer, strings.Join(addresses(g.pods), ", "))
	}
	return []string{strings.TrimSpace(address + " " + port)}
}

func addresses(pods []*core.Pod) []string {
	var all []string
	for _, pod := range pods {
		all = append(all, pod.Status.PodIP)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func destination(protocol string, first int32, last *int32) string {
	if last != nil {
		return fmt.Sprintf("%s dport %d-%d", protocol, first, *last)
	}
	return fmt.Sprintf("%s dport %d", protocol, first)
}

func named(pod *core.Pod, name, protocol string) []int32 {
	var found []int32
	// Sidecars that restart are init containers and have ports, too.
	for _, container := range slices.Concat(pod.Spec.Containers, pod.Spec.InitContainers) {
		for _, port := range container.Ports {
			if port.Name == name && protocolOf(&port.Protocol) == protocol {
				found = append(found, port.ContainerPort)
			}
		}
	}
	return found
}

func protocolOf(given *core.Protocol) string {
	if given == nil || *given == "" {
		return "tcp"
	}
	return strings.ToLower(string(*given))
}
