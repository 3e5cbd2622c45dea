// Package netpol enforces NetworkPolicies on the test bed's one node. Its network
// plugin enforces none, and a restore drill must not take a closed network on
// trust. Judged are packets from Pod to Pod, which the node forwards (where Pods
// share a bridge, br_netfilter has to hand them to the inet hooks), and packets
// from Pods to the node, all after service addresses were translated. Traffic
// from the node to Pods is always allowed, as kubelet probes need it.
package netpol
