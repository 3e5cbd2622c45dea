package netpol

import (
	"fmt"
	"strings"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
)

// Table is the nftables table that holds every rule.
const Table = "muster_netpol"

// direction is one half of what policies say.
type direction struct {
	kind networking.PolicyType
	// subject and peer are the addresses of a packet, as nft names them.
	subject, peer string
}

var (
	egress  = direction{networking.PolicyTypeEgress, "saddr", "daddr"}
	ingress = direction{networking.PolicyTypeIngress, "daddr", "saddr"}
)

// Ruleset is the nft script that replaces the table by what the world says now.
// An isolated Pod has one chain per direction; a rule that allows returns from
// it, and its end drops.
func Ruleset(w World) (string, error) {
	var chains, verdicts strings.Builder
	isolated := map[networking.PolicyType][]string{}
	for _, pod := range w.sortedPods() {
		for _, d := range []direction{egress, ingress} {
			policies, err := w.selecting(pod, d.kind)
			if err != nil {
				return "", err
			}
			if len(policies) == 0 {
				continue
			}
			name := d.chain(pod)
			allowed, err := w.allowed(pod, d, policies)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&chains, "  # %s/%s\n  chain %s {\n%s    counter drop\n  }\n", pod.Namespace, pod.Name, name, allowed)
			isolated[d.kind] = append(isolated[d.kind], pod.Status.PodIP+" : jump "+name)
		}
	}
	for _, d := range []direction{egress, ingress} {
		if len(isolated[d.kind]) > 0 {
			fmt.Fprintf(&verdicts, "    ip %s vmap { %s }\n", d.subject, strings.Join(isolated[d.kind], ", "))
		}
	}
	return fmt.Sprintf(script, Table, chains.String(), verdicts.String()), nil
}

// Removal is the nft script that leaves no table, whether or not there is one.
const Removal = "table inet " + Table + " {}\ndelete table inet " + Table + "\n"

// The order matters: nft applies a script as one transaction. Packets from Pods
// to the node come by the input hook, where only egress can match. Bridged IPv6
// between link-local addresses would go round every rule, so it is closed.
const script = `table inet %[1]s {}
delete table inet %[1]s
table inet %[1]s {
%[2]s  chain judge {
    ct state established,related accept
%[3]s  }
  chain forward {
    type filter hook forward priority filter; policy accept;
    ip6 saddr fe80::/10 meta l4proto { tcp, udp, sctp } drop
    jump judge
  }
  chain input {
    type filter hook input priority filter; policy accept;
    jump judge
  }
}
`

func (d direction) chain(pod *core.Pod) string {
	return strings.ToLower(string(d.kind)) + "_" + strings.ReplaceAll(pod.Status.PodIP, ".", "_")
}

// rule is the same shape for both directions.
type rule struct {
	peers []networking.NetworkPolicyPeer
	ports []networking.NetworkPolicyPort
}

func (d direction) rules(policy *networking.NetworkPolicy) []rule {
	var all []rule
	if d.kind == networking.PolicyTypeEgress {
		for _, r := range policy.Spec.Egress {
			all = append(all, rule{r.To, r.Ports})
		}
		return all
	}
	for _, r := range policy.Spec.Ingress {
		all = append(all, rule{r.From, r.Ports})
	}
	return all
}

// allowed are the lines that let packets of an isolated Pod pass.
func (w World) allowed(pod *core.Pod, d direction, policies []*networking.NetworkPolicy) (string, error) {
	var lines strings.Builder
	for _, policy := range policies {
		for _, r := range d.rules(policy) {
			groups, err := w.groups(r.peers, policy.Namespace)
			if err != nil {
				return "", fmt.Errorf("policy %s/%s: %w", policy.Namespace, policy.Name, err)
			}
			for _, g := range groups {
				for _, line := range d.lines(pod, g, r.ports) {
					fmt.Fprintf(&lines, "    %s return # %s\n", line, policy.Name)
				}
			}
		}
	}
	return lines.String(), nil
}
