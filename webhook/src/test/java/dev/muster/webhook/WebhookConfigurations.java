package dev.muster.webhook;

import java.util.List;

/// Webhook configurations as the chart renders them, but called by URL.
final class WebhookConfigurations {

  private WebhookConfigurations() {}

  /// One entry for each URL, called for the namespaces at the same place of the list.
  static String of(
      String stage, String name, List<String> namespaces, List<String> urls, String caBundle) {
    var mutates = stage.equals("mutate");
    var text =
        new StringBuilder(
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: %sWebhookConfiguration
            metadata: {name: %s}
            webhooks:
            """
                .formatted(mutates ? "Mutating" : "Validating", name));
    for (int i = 0; i < urls.size(); i++) {
      text.append(
          """
          - name: entry%d.%s.muster.dev
            clientConfig: {url: '%s', caBundle: %s}
            namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: %s}]}
            rules:
            - {apiGroups: [apps], apiVersions: [v1], resources: [statefulsets], operations: [CREATE, UPDATE]}
            - {apiGroups: [''], apiVersions: [v1], resources: [persistentvolumeclaims, pods], operations: [CREATE]}
            failurePolicy: Ignore
            sideEffects: None
            timeoutSeconds: 2
            admissionReviewVersions: [v1]
          """
              .formatted(i, name, urls.get(i), caBundle, namespaces.get(i)));
      text.append(mutates ? "  reinvocationPolicy: IfNeeded\n" : "");
    }
    return text.toString();
  }
}
