// Package netpol enforces NetworkPolicies on the test bed's one node. The bridge
// plugin enforces none, and a restore drill must not take a closed network on
// trust. Judged are forwarded and bridged packets (br_netfilter hands bridged
// IPv4 to the inet hooks) and packets from Pods to the node, all after service
// addresses were translated. Traffic from the node to Pods is always allowed, as
// kubelet probes need it.
package netpol
