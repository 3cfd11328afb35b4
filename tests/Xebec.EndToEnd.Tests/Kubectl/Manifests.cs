using Xebec.EndToEnd.Tests.Images;

namespace Xebec.EndToEnd.Tests.Kubectl;

/// <summary>What the tests deploy.</summary>
public static class Manifests
{
    /// <summary>A web Deployment of the test image that is ready about a second after it starts, and gives up no request when it ends.</summary>
    public static string Web(string name, int replicas, string version = "1", int drainSeconds = 1) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: {{name}}, labels: { app: {{name}} } }
        spec:
          replicas: {{replicas}}
          selector: { matchLabels: { app: {{name}} } }
          strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
          template:
            metadata: { labels: { app: {{name}} } }
            spec:
              terminationGracePeriodSeconds: {{drainSeconds + 5}}
              containers:
              - name: web
                image: {{TestImage.Name}}
                imagePullPolicy: IfNotPresent
                env: [ { name: VERSION, value: "{{version}}" }, { name: DRAIN, value: "{{drainSeconds}}" } ]
                ports: [ { name: http, containerPort: 80 } ]
                readinessProbe: { httpGet: { path: /healthz, port: http }, periodSeconds: 1 }
        """;

    /// <summary>A NodePort Service in front of it.</summary>
    public static string NodePort(string name, int nodePort) => $$"""
        apiVersion: v1
        kind: Service
        metadata: { name: {{name}} }
        spec:
          type: NodePort
          selector: { app: {{name}} }
          ports: [ { name: http, port: 80, targetPort: http, nodePort: {{nodePort}} } ]
        """;
}
