package netpol

import (
	"strings"
	"testing"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

func pod(namespace, name, ip string, labels map[string]string) *core.Pod {
	return &core.Pod{
		ObjectMeta: meta.ObjectMeta{Namespace: namespace, Name: name, Labels: labels},
		Spec: core.PodSpec{Containers: []core.Container{{
			Ports: []core.ContainerPort{{Name: "db", ContainerPort: 5432, Protocol: core.ProtocolTCP}},
		}}},
		Status: core.PodStatus{PodIP: ip, Phase: core.PodRunning},
	}
}

func policy(t *testing.T, namespace, name, spec string) *networking.NetworkPolicy {
	t.Helper()
	p := &networking.NetworkPolicy{ObjectMeta: meta.ObjectMeta{Namespace: namespace, Name: name}}
	if err := yaml.UnmarshalStrict([]byte(spec), &p.Spec); err != nil {
		t.Fatal(err)
	}
	return p
}

// world has a database with a client in one namespace and a stranger in another.
func world(policies ...*networking.NetworkPolicy) World {
	return World{
		Namespaces: []*core.Namespace{
			{ObjectMeta: meta.ObjectMeta{Name: "shop", Labels: map[string]string{"team": "shop"}}},
			{ObjectMeta: meta.ObjectMeta{Name: "blog", Labels: map[string]string{"team": "blog"}}},
		},
		Pods: []*core.Pod{
			pod("shop", "db", "10.0.0.1", map[string]string{"app": "db"}),
			pod("shop", "client", "10.0.0.2", map[string]string{"app": "client"}),
			pod("blog", "stranger", "10.0.0.3", map[string]string{"app": "client"}),
		},
		Policies: policies,
	}
}

// chainOf returns the lines of one chain without comments, or nil.
func chainOf(t *testing.T, w World, name string) []string {
	t.Helper()
	script, err := Ruleset(w)
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(script, "chain "+name+" {\n")
	if !found {
		return nil
	}
	body, _, _ := strings.Cut(after, "  }\n")
	var lines []string
	for line := range strings.Lines(body) {
		rule, _, _ := strings.Cut(line, " #")
		lines = append(lines, strings.TrimSpace(rule))
	}
	return lines
}

func TestPolicyBecomesTheLinesOfAChain(t *testing.T) {
	for _, c := range []struct{ name, spec, chain, want string }{
		{"default deny", `{podSelector: {}, policyTypes: [Ingress]}`, "ingress_10_0_0_1", ""},
		{"deny of egress", `{podSelector: {}, policyTypes: [Egress]}`, "egress_10_0_0_1", ""},
		{"egress rules imply the direction",
			`{podSelector: {}, egress: [{}]}`, "egress_10_0_0_1", "return"},
		{"by label in the same namespace",
			`{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: client}}}]}]}`,
			"ingress_10_0_0_1", "ip saddr { 10.0.0.2 } return"},
		{"by namespace",
			`{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: blog}}}]}]}`,
			"ingress_10_0_0_1", "ip saddr { 10.0.0.3 } return"},
		{"by label in all namespaces",
			`{podSelector: {}, ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: client}}}]}]}`,
			"ingress_10_0_0_1", "ip saddr { 10.0.0.2, 10.0.0.3 } return"},
		{"nobody matches",
			`{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: none}}}]}]}`,
			"ingress_10_0_0_1", ""},
		{"block with a hole",
			`{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.1.0.0/16, except: [10.1.2.0/24]}}]}]}`,
			"egress_10_0_0_1", "ip daddr 10.1.0.0/16 ip daddr != { 10.1.2.0/24 } return"},
		{"ports and protocols",
			`{podSelector: {}, ingress: [{ports: [{port: 80}, {port: 53, protocol: UDP}, {port: 1000, endPort: 2000}]}]}`,
			"ingress_10_0_0_1", "tcp dport 80 return|udp dport 53 return|tcp dport 1000-2000 return"},
		{"named port of the Pod itself",
			`{podSelector: {}, ingress: [{ports: [{port: db}]}]}`, "ingress_10_0_0_1", "tcp dport 5432 return"},
		{"named port of the peer",
			`{podSelector: {}, egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: db}]}]}`,
			"egress_10_0_0_2", "ip daddr { 10.0.0.1 } tcp dport 5432 return"},
		{"block of the other family",
			`{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "fd00::/8"}}]}]}`, "ingress_10_0_0_1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := chainOf(t, world(policy(t, "shop", "p", c.spec)), c.chain)

			want := strings.Trim(c.want+"|counter drop", "|")
			if strings.Join(got, "|") != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestPoliciesAdd(t *testing.T) {
	w := world(
		policy(t, "shop", "a-deny", `{podSelector: {}}`),
		policy(t, "shop", "b-allow", `{podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: 1}]}]}`))

	if got := chainOf(t, w, "ingress_10_0_0_1"); strings.Join(got, "|") != "tcp dport 1 return|counter drop" {
		t.Errorf("database: %q", got)
	}
	if got := chainOf(t, w, "ingress_10_0_0_2"); strings.Join(got, "|") != "counter drop" {
		t.Errorf("client: %q", got)
	}
}

func TestOnlySelectedPodsAreIsolated(t *testing.T) {
	w := world(policy(t, "shop", "p", `{podSelector: {matchLabels: {app: db}}}`))

	judge := chainOf(t, w, "judge")

	want := "ct state established,related accept|ip daddr vmap { 10.0.0.1 : jump ingress_10_0_0_1 }"
	if strings.Join(judge, "|") != want {
		t.Errorf("judge: %q", judge)
	}
}

func TestPodsWithoutAnAddressOfTheirOwnAreLeftOut(t *testing.T) {
	w := world(policy(t, "shop", "p", `{podSelector: {}}`))
	w.Pods[0].Spec.HostNetwork = true
	w.Pods[1].Status.Phase = core.PodSucceeded

	if got := chainOf(t, w, "judge"); len(got) != 1 {
		t.Errorf("judge: %q", got)
	}
}

func TestAnAddressBelongsToThePodThatStays(t *testing.T) {
	w := world(policy(t, "shop", "p", `{podSelector: {matchLabels: {app: db}}}`))
	going := pod("shop", "a-going", "10.0.0.1", map[string]string{"app": "db"})
	now := meta.Now()
	going.DeletionTimestamp = &now
	w.Pods = append(w.Pods, going)

	script, err := Ruleset(w)

	if err != nil || strings.Count(script, "10.0.0.1 :") != 1 || !strings.Contains(script, "# shop/db\n") {
		t.Errorf("%v\n%s", err, script)
	}
}

func TestNameServerOfTheNodeIsAPeerAndNeverIsolated(t *testing.T) {
	w := world(policy(t, "shop", "p", `{podSelector: {matchLabels: {app: db}}, egress: [{
	  to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}], ports: [{port: dns, protocol: UDP}]}]}`),
		policy(t, "kube-system", "closed", `{podSelector: {}}`))
	system := map[string]string{"kubernetes.io/metadata.name": "kube-system"}
	w.Namespaces = append(w.Namespaces, &core.Namespace{ObjectMeta: meta.ObjectMeta{Name: "kube-system", Labels: system}})
	w.Outside = []*core.Pod{DNS("10.0.0.254")}

	got := chainOf(t, w, "egress_10_0_0_1")

	if strings.Join(got, "|") != "ip daddr { 10.0.0.254 } udp dport 53 return|counter drop" {
		t.Errorf("egress: %q", got)
	}
	if isolated := chainOf(t, w, "ingress_10_0_0_254"); isolated != nil {
		t.Errorf("isolated: %q", isolated)
	}
}
