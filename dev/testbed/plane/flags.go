package plane

import "muster.dev/testbed/layout"

// auditPolicy keeps who asked for what, not the bodies: enough to compare a
// component's rights with what it used.
const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: None
  nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/version", "/openapi/*"]
- level: None
  users: ["system:apiserver"]
- level: Metadata
`

func (p Plane) apiserverFlags() []string {
	a := p.Authority
	flags := []string{
		"--etcd-servers=" + p.Etcd(),
		"--bind-address=" + p.Host(),
		"--advertise-address=" + layout.NodeIP,
		"--secure-port=6443",
		"--service-cluster-ip-range=" + layout.ServiceRange,
		"--client-ca-file=" + a.Cert("ca"),
		"--tls-cert-file=" + a.Cert("serving"),
		"--tls-private-key-file=" + a.Key("serving"),
		"--kubelet-client-certificate=" + a.Cert("apiserver-kubelet"),
		"--kubelet-client-key=" + a.Key("apiserver-kubelet"),
		"--kubelet-certificate-authority=" + a.Cert("ca"),
		"--kubelet-preferred-address-types=InternalIP",
		"--service-account-issuer=https://kubernetes.default.svc." + layout.ClusterDomain,
		"--service-account-signing-key-file=" + a.Key("tokens"),
		"--service-account-key-file=" + a.Key("tokens"),
		"--authorization-mode=Node,RBAC",
		"--allow-privileged=true",
		"--audit-log-path=" + p.Bed.Path("logs", "audit.log"),
		"--audit-log-maxsize=200", "--audit-log-maxbackup=2",
		"--shutdown-delay-duration=0s",
	}
	if p.Light {
		// No controller makes the default service account or keeps the service's endpoints.
		return append(flags, "--disable-admission-plugins=ServiceAccount", "--endpoint-reconciler-type=none")
	}
	return append(flags, "--enable-admission-plugins=NodeRestriction")
}
