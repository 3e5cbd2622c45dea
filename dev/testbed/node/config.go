// Package node is the machine's part as a Kubernetes node: containerd, the
// kubelet, kube-proxy and what else runs beside the control plane.
package node

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"muster.dev/testbed/layout"
	"muster.dev/testbed/plane"
)

// containerdConfig: without CAP_SYS_RESOURCE no OOM score may be lowered
// (restrict_oom_score_adj), and network namespaces lie below the bed's own
// folder so that they go with it.
const containerdConfig = `version = 3
root = "{state}/containerd"
state = "{run}/containerd"

[grpc]
  address = "{socket}"

[plugins.'io.containerd.internal.v1.opt']
  path = "{state}/containerd/opt"

[plugins.'io.containerd.nri.v1.nri']
  disable = true

[plugins.'io.containerd.cri.v1.images']
  snapshotter = "overlayfs"
  [plugins.'io.containerd.cri.v1.images'.pinned_images]
    sandbox = "{sandbox}"

[plugins.'io.containerd.cri.v1.runtime']
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins.'io.containerd.cri.v1.runtime'.cni]
    bin_dirs = ["/usr/lib/cni"]
    conf_dir = "{state}/cni"
  [plugins.'io.containerd.cri.v1.runtime'.containerd]
    default_runtime_name = "runc"
    [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
        Root = "{run}/runc"
        SystemdCgroup = false
`

// cniConfig routes each Pod by itself, so that Pod to Pod traffic passes the
// machine's forwarding rules, where NetworkPolicy is enforced, and service
// addresses need no bridge filtering.
const cniConfig = `{
  "cniVersion": "1.0.0",
  "name": "{network}",
  "plugins": [
    {
      "type": "ptp",
      "mtu": 1500,
      "ipam": {
        "type": "host-local",
        "dataDir": "{run}/cni",
        "ranges": [[{"subnet": "{pods}"}]],
        "routes": [{"dst": "0.0.0.0/0"}]
      }
    }
  ]
}
`

const kubeletConfig = `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: {node-ip}
healthzBindAddress: {loopback}
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: true}
  x509: {clientCAFile: "{state}/pki/ca.crt"}
authorization: {mode: Webhook}
tlsCertFile: "{state}/pki/serving.crt"
tlsPrivateKeyFile: "{state}/pki/serving.key"
clusterDomain: {domain}
clusterDNS: ["{dns}"]
resolvConf: ""
containerRuntimeEndpoint: "unix://{socket}"
cgroupDriver: cgroupfs
cgroupRoot: /{cgroup}
failCgroupV1: false
syncFrequency: 10s
enforceNodeAllocatable: []
oomScoreAdj: 0
failSwapOn: false
# A full disk must not evict the test.
evictionHard: {memory.available: 50Mi, nodefs.available: 1%, nodefs.inodesFree: 1%, imagefs.available: 1%}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
makeIPTablesUtilChains: false
podLogsDir: "{state}/pod-logs"
volumePluginDir: "{state}/volume-plugins"
serializeImagePulls: false
`

const proxyConfig = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clientConnection: {kubeconfig: "{state}/kube-proxy.kubeconfig"}
hostnameOverride: {node}
clusterCIDR: {pods}
bindAddress: {node-ip}
healthzBindAddress: "{loopback}:10256"
metricsBindAddress: "{loopback}:10249"
nodePortAddresses: ["{node-ip}/32"]
linux: {oomScoreAdj: 0}
oomScoreAdj: 0
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
`

// corefile answers for the cluster and the store. There is no world outside:
// other names are said not to exist at once, instead of failing for now.
const corefile = `{domain}:53 in-addr.arpa:53 ip6.arpa:53 {
  bind {node-ip}
  errors
  ready {node-ip}:8181
  kubernetes {domain} in-addr.arpa ip6.arpa {
    kubeconfig {state}/coredns.kubeconfig
    pods insecure
  }
}
muster.test:53 {
  bind {node-ip}
  errors
  hosts {
    {node-ip} {store}
  }
}
.:53 {
  bind {node-ip}
  errors
  template ANY ANY {
    rcode NXDOMAIN
  }
}
`

// configure writes every configuration file of the node.
func configure(p plane.Plane) error {
	words := strings.NewReplacer(
		"{state}", p.Bed.State, "{run}", p.Bed.Run, "{socket}", p.Bed.Containerd(), "{sandbox}", Sandbox,
		"{network}", p.Bed.Network(), "{pods}", layout.PodRange, "{node}", layout.NodeName,
		"{node-ip}", layout.NodeIP, "{loopback}", p.Loopback(), "{domain}", layout.ClusterDomain,
		"{dns}", layout.DNSIP, "{cgroup}", p.Bed.Group(), "{store}", layout.StoreName,
	)
	for file, content := range map[string]string{
		"containerd.toml":        containerdConfig,
		"cni/10-muster.conflist": cniConfig,
		"kubelet.yaml":           kubeletConfig,
		"kube-proxy.yaml":        proxyConfig,
		"Corefile":               corefile,
	} {
		path := p.Bed.Path(file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(words.Replace(content)), 0o644); err != nil {
			return fmt.Errorf("configure the node: %w", err)
		}
	}
	return nil
}
