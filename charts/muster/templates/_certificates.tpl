{{/* Whose certificates; what contradicts each other ends here, with what to do. */}}
{{- define "muster.certificate-mode" -}}
{{- with .Values.certificates -}}
{{- if and (eq .mode "secret") (not .secret) -}}
{{- fail "certificates.mode: secret needs certificates.secret, the name of your Secret with tls.crt, tls.key and ca.crt" -}}
{{- end -}}
{{- if has .secret (append (values $.Values.secrets) "muster-ca") -}}
{{- fail (printf "certificates.secret: %s holds something else of Muster's; the webhook would mount it" .secret) -}}
{{- end -}}
{{- if and (ne .mode "secret") .secret -}}
{{- fail (printf "certificates.secret: %s is used only by certificates.mode: secret, and the mode is %s" .secret .mode) -}}
{{- end -}}
{{- if and (ne .mode "cert-manager") .issuerRef.name -}}
{{- fail (printf "certificates.issuerRef: %s is used only by certificates.mode: cert-manager, and the mode is %s" .issuerRef.name .mode) -}}
{{- end -}}
{{- if and (not .issuerRef.name) (or .issuerRef.kind .issuerRef.group) -}}
{{- fail "certificates.issuerRef has a kind or group and no name" -}}
{{- end -}}
{{- .mode -}}
{{- end -}}
{{- end -}}

{{/* The Secret with what the servers show; each mode has its own, so that a change of the mode never
     has two keepers at one Secret. Quoted where YAML would take the name for a number or a word. */}}
{{- define "muster.serving-secret" -}}
{{- $mode := include "muster.certificate-mode" . -}}
{{- if eq $mode "secret" }}{{ toYaml .Values.certificates.secret }}
{{- else if eq $mode "cert-manager" }}muster-issued
{{- else }}muster-serving
{{- end -}}
{{- end -}}

{{/* Tells cert-manager's cainjector to keep caBundle. */}}
{{- define "muster.inject-ca" -}}
{{- if eq (include "muster.certificate-mode" .) "cert-manager" -}}
{ cert-manager.io/inject-ca-from: {{ .Release.Namespace }}/muster-serving }
{{- end -}}
{{- end -}}
