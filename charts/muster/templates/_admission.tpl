{{/* Which namespaces an entry of this level is called for; the default level takes the unlabelled,
     and those whose label is no level. */}}
{{- define "muster.level-selector" -}}
matchExpressions:
  - key: kubernetes.io/metadata.name
    operator: NotIn
    values: [{{ .root.Release.Namespace }}, kube-system, kube-node-lease]
{{- if eq .level .root.Values.enforcement.default }}
  - key: muster.dev/enforce
    operator: NotIn
    values: {{ without (list "audit" "warn" "enforce") .level | toJson }}
{{- else }}
  - key: muster.dev/enforce
    operator: In
    values: [{{ .level }}]
{{- end }}
{{- end -}}

{{- define "muster.webhook-client" -}}
service:
  name: muster-webhook
  namespace: {{ .root.Release.Namespace }}
  path: {{ .path }}
  port: 8443
{{- end -}}

{{/* Each spares a call. Every optional field is guarded: an error under Ignore skips in silence. */}}
{{- define "muster.match-conditions" -}}
- name: not-a-kubelet
  expression: "!has(request.userInfo.groups) || !('system:nodes' in request.userInfo.groups)"
{{- if has "*" (dig "admission" "operator-kinds" (list "*") .Values.config) }}
- name: no-operator-owns-it
  expression: >-
    request.resource.resource != 'statefulsets' || !has(object.metadata.ownerReferences)
    || !object.metadata.ownerReferences.exists(o, has(o.controller) && o.controller
    && o.apiVersion.matches('^[^/]*[.][^/]*/') && !o.apiVersion.matches('^([^/]*[.])?k8s[.]io/'))
{{- end }}
- name: pod-uses-a-claim
  expression: >-
    request.resource.resource != 'pods' || (has(object.spec.volumes)
    && object.spec.volumes.exists(v, has(v.persistentVolumeClaim) || has(v.ephemeral)))
{{- end -}}
